(* The real numbers as scalars, and conservativity: where a curve and what a program computes along it are differentiable, the
   pullback that the selections give is the derivative, at kinks too. *)
From Coq Require Import String List QArith Qreals Reals Lra Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound Sweep Certify Duality.
Import ListNotations.
Open Scope list_scope.
Open Scope R_scope.

Lemma real_ring : ring_theory 0 1 Rplus Rmult Rminus Ropp (@eq R).
Proof. constructor; intros; ring. Qed.

Definition reals : scalars.
Proof.
  refine (Scalars R 0 1 Rplus Rmult Rminus Ropp Rdiv Q2R real_ring _ Qeq_eqR _ _ Q2R_plus Q2R_mult Q2R_minus Q2R_opp Q2R_div).
  - intros. unfold Rdiv. ring.
  - unfold Q2R. cbn. lra.
  - unfold Q2R. cbn. lra.
Defined.

(* ---------- kinks along curves ---------- *)

(* A function that is least at t has derivative 0 there. *)
Lemma least_flat : forall f t d, derivable_pt_lim f t d -> (forall u, f t <= f u) -> d = 0.
Proof.
  intros f t d H M. assert (pr : derivable_pt f t) by (exists d; exact H).
  assert (E : derive_pt f t pr = 0).
  { apply (deriv_minimum f (t - 1) (t + 1) t pr); intros; try lra. apply M. }
  rewrite <- E. symmetry. apply derive_pt_eq. exact H.
Qed.

Definition relu (x : R) : R := Rmax x 0.

Lemma relu_lim : forall g t d r, derivable_pt_lim g t d -> derivable_pt_lim (fun u => relu (g u)) t r ->
  (0 < g t -> r = d) /\ (g t < 0 -> r = 0) /\ (g t = 0 -> d = 0 /\ r = 0).
Proof.
  intros g t d r G H.
  assert (C : continuity_pt g t) by (apply derivable_continuous_pt; exists d; exact G).
  assert (Near : forall p, 0 < p -> exists delta : posreal, forall h, Rabs h < delta -> Rabs (g (t + h) - g t) < p).
  { intros p P. destruct (C p P) as (a & A & N). exists (mkposreal a A). intros h L. destruct (Req_dec h 0) as [->|Z].
    - rewrite Rplus_0_r, Rminus_diag_eq, Rabs_R0 by reflexivity. exact P.
    - apply (N (t + h)). split; [split; [exact I|intro E; apply Z; lra]|]. cbn. unfold R_dist.
      replace (t + h - t) with h by ring. exact L. }
  split; [|split].
  - intro P. apply (uniqueness_limite (fun u => relu (g u)) t); [exact H|]. intros eps He.
    destruct (G eps He) as (a & A). destruct (Near (g t) P) as (b & B).
    assert (M : 0 < Rmin a b) by (apply Rmin_pos; [apply a|apply b]). exists (mkposreal _ M). intros h Z L. cbn in L.
    assert (L1 : Rabs h < a) by (eapply Rlt_le_trans; [exact L|apply Rmin_l]).
    assert (L2 : Rabs h < b) by (eapply Rlt_le_trans; [exact L|apply Rmin_r]).
    specialize (B h L2). apply Rabs_def2 in B. unfold relu. rewrite !Rmax_left by lra. apply A; assumption.
  - intro P. apply (uniqueness_limite (fun u => relu (g u)) t); [exact H|]. intros eps He.
    destruct (Near (- g t) ltac:(lra)) as (b & B). exists b. intros h Z L.
    specialize (B h L). apply Rabs_def2 in B. unfold relu. rewrite !Rmax_right by lra.
    replace ((0 - 0) / h - 0) with 0 by (field; exact Z). rewrite Rabs_R0. exact He.
  - intro Z.
    assert (R0 : r = 0).
    { apply (least_flat _ _ _ H). intro u. rewrite Z. unfold relu. rewrite Rmax_left by lra. apply Rmax_r. }
    split; [|exact R0].
    assert (S : derivable_pt_lim (fun u => relu (g u) - g u) t (r - d)) by (apply (derivable_pt_lim_minus _ _ _ _ _ H G)).
    apply least_flat in S; [lra|]. intro u. rewrite Z. unfold relu. rewrite Rmax_left by lra.
    pose proof (Rmax_l (g u) 0). lra.
Qed.

(* The selected derivative of relu: s at 0. *)
Definition relu_prime (s x v : R) : R :=
  if Rlt_dec 0 x then v else if Rlt_dec x 0 then 0 else s * v.

(* relu is path differentiable, with any selection at 0. *)
Theorem relu_conservative : forall s g t d r,
  derivable_pt_lim g t d -> derivable_pt_lim (fun u => relu (g u)) t r -> r = relu_prime s (g t) 1 * d.
Proof.
  intros s g t d r G H. destruct (relu_lim g t d r G H) as (P & N & Z). unfold relu_prime.
  destruct (Rlt_dec 0 (g t)) as [L|L]; [rewrite (P L); ring|]. destruct (Rlt_dec (g t) 0) as [M|M]; [rewrite (N M); ring|].
  destruct Z as [-> ->]; [lra|ring].
Qed.

(* Conservativity of programs from that of their entries: along every curve, wherever the curve and the values that the program
   computes along it are differentiable, the pullback of the selections gives the derivative. *)
From Coq Require Import String List QArith Qreals Reals Lra Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound Sweep Certify Duality Real.
Import ListNotations.
Open Scope list_scope.
Open Scope R_scope.

Lemma lim_ext : forall f g t d, (forall u, f u = g u) -> derivable_pt_lim f t d -> derivable_pt_lim g t d.
Proof. intros f g t d E H eps He. destruct (H eps He) as (a & A). exists a. intros h Z L. rewrite <- !E. apply A; assumption. Qed.

Section Curves.
  Variable ev : string -> list R -> R.
  (* Where an operation is defined and path differentiable. *)
  Variable dom : string -> list R -> Prop.

  (* What a rule's contributions, as selected at xs, make of the operands' derivatives. *)
  Fixpoint slope (xs : list R) (z : R) (rule : list contribution) (ds : list R) : R :=
    match rule with
    | [] => 0
    | r :: rule => sign reals (negative r) * teval reals ev xs z 1 (amount r) * nth (target r) ds 0 + slope xs z rule ds
    end.

  Definition path_differentiable (e : entry) : Prop :=
    forall (gs : list (R -> R)) (ds : list R) t r, List.length gs = e_arity e ->
      Forall2 (fun g d => derivable_pt_lim g t d) gs ds ->
      dom (e_name e) (map (fun g => g t) gs) ->
      derivable_pt_lim (fun u => ev (e_name e) (map (fun g => g u) gs)) t r ->
      r = slope (map (fun g => g t) gs) (ev (e_name e) (map (fun g => g t) gs)) (e_rule e) ds.

  Variable D : dictionary.
  Notation env := (env reals).
  Notation run := (run reals ev).
  Notation ov := (ov reals).

  Lemma slope_along : forall (F : env) s (T : env) rule,
    along reals ev F s rule T = slope (map (ov F) (s_args s)) (F (s_var s)) rule (map (fun o => tv reals T (Some o)) (s_args s)).
  Proof.
    intros F s T. induction rule as [|r rule IH]; [reflexivity|]. cbn [along slope]. rewrite IH. clear IH. unfold given_by.
    change (@Scalars.mul reals) with Rmult. change (@Scalars.add reals) with Rplus. f_equal. f_equal.
    generalize (target r). induction (s_args s) as [|o l IHl]; intros [|k]; cbn; auto.
  Qed.

  Lemma run_kept : forall p l (r : env) x, single l p -> In x l -> run p r x = r x.
  Proof.
    induction p as [|s p IH]; intros l r x S I; [reflexivity|]. destruct S as (R & N & S).
    unfold Semantics.run in *. cbn. rewrite (IH _ _ _ S) by (right; exact I). unfold exec_stmt. apply (upd_other reals). intros ->. contradiction.
  Qed.

  (* Every statement is in single assignment, has a path differentiable operation, and is defined where it is evaluated. *)
  Definition good (F : env) (s : stmt) : Prop :=
    exists e, lookup D (s_op s) = Some e /\ List.length (s_args s) = e_arity e /\ path_differentiable e /\
      dom (s_op s) (map (ov F) (s_args s)).

  Theorem forward_curve : forall p l (r : R -> env) (T : env) t, single l p ->
    Forall (good (run p (r t))) p ->
    (forall x, In x l -> derivable_pt_lim (fun u => r u x) t (T x)) ->
    (forall x, In x (map s_var p) -> exists d, derivable_pt_lim (fun u => run p (r u) x) t d) ->
    forall x, In x l \/ In x (map s_var p) ->
      derivable_pt_lim (fun u => run p (r u) x) t (tangent reals ev D (run p (r t)) p T x).
  Proof.
    induction p as [|s p IH]; intros l r T t S G HT HD x Hx; [destruct Hx as [Hx|[]]; cbn; auto|].
    destruct S as (R & N & S). set (F := run (s :: p) (r t)) in *.
    inversion G as [|? ? Gs Gp]; subst. destruct Gs as (e & L & A & PD & Dm).
    assert (Name : e_name e = s_op s) by (apply find_some in L as [_ L]; symmetry; apply String.eqb_eq; exact L).
    set (r' := fun u => exec_stmt reals ev (r u) s).
    assert (Run : forall u, run (s :: p) (r u) = run p (r' u)) by reflexivity.
    assert (Args : map (ov F) (s_args s) = map (ov (r t)) (s_args s)).
    { apply map_ext_in. intros [y|q] Hy; [|reflexivity]. cbn. unfold F. apply (run_kept (s :: p) l); [split; auto|auto]. }
    assert (Val : forall u, run p (r' u) (s_var s) = ev (s_op s) (map (ov (r u)) (s_args s))).
    { intro u. rewrite (run_kept p (s_var s :: l)) by (auto; left; reflexivity). unfold r', exec_stmt. apply upd_same. }
    change (tangent reals ev D F (s :: p) T) with (tangent reals ev D F p (push reals ev D F T s)).
    apply (IH (s_var s :: l) r' (push reals ev D F T s) t); auto.
    - intros y [<-|Hy].
      + destruct (HD (s_var s)) as (d & Hd); [left; reflexivity|].
        assert (Hd' : derivable_pt_lim (fun u => ev (s_op s) (map (ov (r u)) (s_args s))) t d).
        { eapply lim_ext; [|exact Hd]. intro u. cbn beta. rewrite Run. apply Val. }
        eapply lim_ext with (f := fun u => ev (s_op s) (map (ov (r u)) (s_args s))).
        { intro u. unfold r', exec_stmt. rewrite upd_same. reflexivity. }
        replace (push reals ev D F T s (s_var s)) with d; [exact Hd'|].
        unfold push. rewrite upd_same, slope_along. unfold rule_of. rewrite L.
        set (gs := map (fun o u => ov (r u) o) (s_args s)).
        assert (Map : forall u, map (fun g => g u) gs = map (ov (r u)) (s_args s)) by (intro u; unfold gs; rewrite map_map; reflexivity).
        rewrite Args. replace (F (s_var s)) with (ev (s_op s) (map (ov (r t)) (s_args s))) by (symmetry; apply (Val t)).
        rewrite <- (Map t), <- Name. apply PD.
        * unfold gs. rewrite map_length. exact A.
        * unfold gs. clear - R HT. induction (s_args s) as [|o m IHm]; constructor.
          -- destruct o as [y|q]; cbn; [apply HT, R; left; reflexivity|apply derivable_pt_lim_const].
          -- apply IHm. intros; apply R; right; assumption.
        * rewrite Name. pose proof (Map t) as Mt. rewrite <- Args in Mt. exact (eq_ind_r (dom (s_op s)) Dm Mt).
        * eapply lim_ext; [|exact Hd']. intro u. cbn beta. rewrite Name. f_equal. symmetry. exact (Map u).
      + assert (y <> s_var s) by (intros ->; contradiction).
        eapply lim_ext with (f := fun u => r u y); [intro u; unfold r', exec_stmt; rewrite upd_other by assumption; reflexivity|].
        unfold push. rewrite upd_other by assumption. apply HT. exact Hy.
    - intros y Hy. destruct (HD y) as (d & Hd); [right; exact Hy|]. exists d. exact Hd.
    - cbn in Hx. destruct Hx as [Hx|[<-|Hx]]; [left; right; exact Hx|left; left; reflexivity|right; exact Hx].
  Qed.

  (* The chain rule that defines conservative gradients, for what the sweep computes. *)
  Theorem program_conservative : sane reals ev D -> dictionary_ok D = true ->
    forall p z (r : R -> env) (T : env) t, let l := rev (map fst (p_params p)) in
    NoDup l -> single l (p_stmts p) -> p_results p = [Var z] -> In z (rev (map s_var (p_stmts p)) ++ l) ->
    let F := run (p_stmts p) (r t) in
    Forall (good F) (p_stmts p) ->
    (forall x, In x l -> derivable_pt_lim (fun u => r u x) t (T x)) ->
    (forall x, In x (map s_var (p_stmts p)) -> exists d, derivable_pt_lim (fun u => run (p_stmts p) (r u) x) t d) ->
    derivable_pt_lim (fun u => run (p_stmts p) (r u) z) t (dot reals l (pullback reals ev D p F [1]) T).
  Proof.
    intros sanity rules p z r T t l ND S Rz Iz F G HT HD. unfold l.
    rewrite (duality reals ev D sanity rules p F [1] T ND S) by (intros x Hx; rewrite Rz in Hx; destruct Hx as [Hx|[]]; injection Hx as <-; exact Iz).
    rewrite Rz. cbn [seeds_dot tv].
    assert (U : forall v : R, 1 * v + 0 = v) by (intros; ring).
    refine (eq_ind_r (derivable_pt_lim _ t) _ (U (tangent reals ev D F (p_stmts p) T z))).
    apply (forward_curve (p_stmts p) l); auto. apply in_app_iff in Iz as [Iz|Iz]; [right; apply in_rev; exact Iz|left; exact Iz].
  Qed.
End Curves.

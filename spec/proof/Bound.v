(* The bound for every program, dictionary and price table, counted with each block in full: [omega], [cert-local], [cert-sum]. *)
From Coq Require Import List String QArith Lqa Lia PArith Bool.
From NadProof Require Import Term Syntax Omega Checker Certify Values Sound.
Import ListNotations.
Open Scope list_scope.
Open Scope Q_scope.

(* ---------- sums over a program ---------- *)

(* What P and all of its adjoint blocks in full cost. *)
Definition full_step (D : dictionary) (c : prices) (st : PM.t unit * Q) (s : stmt) : PM.t unit * Q :=
  let (dep, q) := st in
  (mark dep (s_var s) (s_args s), q + (cost_apply D c dep s + match lookup D (s_op s) with
     | Some e => block_cost D c (nth_constant dep (s_args s)) (first_of (s_args s)) (e_rule e) | None => 0 end)).

Definition cost_full (D : dictionary) (c : prices) (p : program) : Q :=
  snd (fold_left (full_step D c) (p_stmts p) (start (p_params p), 0)).

Lemma qmax_l : forall a b, a <= qmax a b.
Proof. intros. unfold qmax. destruct (Qle_bool a b) eqn:E; [apply Qle_bool_iff; exact E|lra]. Qed.
Lemma qmax_r : forall a b, b <= qmax a b.
Proof.
  intros. unfold qmax. destruct (Qle_bool a b) eqn:E; [lra|]. destruct (Qlt_le_dec b a); [lra|].
  apply Qle_bool_iff in q. congruence.
Qed.

Lemma ratio_local : forall cost block w, 0 <= cost -> (Qle_bool cost 0 = true -> block <= 0) -> 1 <= w ->
  ratio cost block <= w -> cost + block <= w * cost.
Proof.
  intros cost block w P N W R. unfold ratio in R. destruct (Qle_bool cost 0) eqn:E.
  - specialize (N eq_refl). apply Qle_bool_iff in E. assert (Z : cost == 0) by lra. rewrite Z. lra.
  - assert (L : 0 < cost). { destruct (Qlt_le_dec 0 cost); [assumption|]. apply Qle_bool_iff in q. congruence. }
    rewrite Qred_correct in R. assert (H : (cost + block) / cost * cost <= w * cost) by (apply Qmult_le_compat_r; [exact R|lra]).
    rewrite Qmult_comm, Qmult_div_r in H by lra. exact H.
Qed.

Section Every.
  Variable D : dictionary.
  Variable c : prices.
  (* Prices are at least 0. *)
  Hypothesis prices_ok : forall f, c f <> None -> priced c f = true.

  Lemma cost_nonneg : forall dep s, 0 <= cost_apply D c dep s.
  Proof.
    intros dep s. unfold cost_apply. specialize (prices_ok (s_op s)). unfold priced in prices_ok.
    destruct (c (s_op s)) as [[a b]|]; [|lra]. specialize (prices_ok ltac:(discriminate)).
    destruct (Qle_bool 0 a) eqn:A; [|discriminate]. apply Qle_bool_iff in A, prices_ok.
    destruct (lookup D (s_op s)); [|lra]. destruct (by_constant e _); lra.
  Qed.

  Lemma omega_fold_mono : forall l st, snd st <= snd (fold_left (omega_step D c) l st).
  Proof.
    induction l as [|s l IH]; intros [dep w]; [cbn; lra|]. cbn [fold_left omega_step].
    eapply Qle_trans; [|apply IH]. cbn. apply qmax_l.
  Qed.

  (* [cert-local] *)
  Theorem local : forall dep s w, no_omega D c dep s = false -> 1 <= w -> omega_stmt D c dep s <= w ->
    cost_apply D c dep s + match lookup D (s_op s) with
      | Some e => block_cost D c (nth_constant dep (s_args s)) (first_of (s_args s)) (e_rule e) | None => 0 end
    <= w * cost_apply D c dep s.
  Proof.
    intros dep s w N W O. unfold no_omega in N. unfold omega_stmt in O. pose proof (cost_nonneg dep s) as P.
    destruct (lookup D (s_op s)) as [e|] eqn:L.
    - apply ratio_local; auto. intro Z. rewrite Z in N. apply negb_false_iff in N. apply Qle_bool_iff in N. exact N.
    - assert (0 <= (w - 1) * cost_apply D c dep s) by (apply Qmult_le_0_compat; lra). lra.
  Qed.

  (* [cert-sum] *)
  Theorem cheap_gradient : forall p u, all_omega D c (start (p_params p)) (p_stmts p) = Ok u ->
    cost_full D c p <= omega_program D c p * cost_program D c p.
  Proof.
    intros p u H. unfold cost_full, omega_program, cost_program, cost_stmts.
    assert (G : forall l dep w0 f0 c0 W, all_omega D c dep l = Ok u ->
      snd (fold_left (omega_step D c) l (dep, w0)) <= W -> 1 <= W -> f0 <= W * c0 ->
      snd (fold_left (full_step D c) l (dep, f0)) <= W * snd (fold_left (fun st s => cost_step D c st (DApply s)) l (dep, c0))).
    { induction l as [|s l IH]; intros dep w0 f0 c0 W A O One B; [exact B|]. cbn in A. peel A. apply negb_true_iff in E.
      cbn [fold_left full_step omega_step cost_step dtarget dreads] in *. apply (IH _ (qmax w0 (omega_stmt D c dep s))); auto.
      assert (L : omega_stmt D c dep s <= W).
      { eapply Qle_trans; [apply (qmax_r w0)|]. eapply Qle_trans; [|exact O].
        apply (omega_fold_mono l (mark dep (s_var s) (s_args s), _)). }
      pose proof (local dep s W E One L) as Lo. rewrite qadd_eq. cbn [cost_dstmt].
      set (x := match lookup D (s_op s) with Some _ => _ | None => _ end) in *.
      rewrite Qmult_plus_distr_r. lra. }
    eapply (G _ _ 1 0 0 _ H); [apply Qle_refl| |lra].
    apply (omega_fold_mono (p_stmts p) (start (p_params p), 1)).
  Qed.
End Every.

Lemma cost_nonnegative : forall D c, (forall f, c f <> None -> priced c f = true) -> forall p, 0 <= cost_program D c p.
Proof.
  intros D c H p. unfold cost_program, cost_stmts.
  assert (G : forall l st, 0 <= snd st -> 0 <= snd (fold_left (fun st s => cost_step D c st (DApply s)) l st)).
  { induction l as [|s l IH]; intros [dep q] P; [exact P|]. cbn [fold_left]. apply IH. cbn. rewrite qadd_eq.
    pose proof (cost_nonneg D c H dep s). cbn in *. lra. }
  apply G. cbn. lra.
Qed.

(* ---------- omega of an entry bounds that of its statements ---------- *)

Section Ext.
  Variable D : dictionary.
  Variable c : prices.
  Variables (k1 k2 : nat -> bool) (f1 f2 : nat -> nat).
  Hypothesis Hk : forall n, k1 n = k2 n.
  Hypothesis Hf : forall n, f1 n = f2 n.

  Lemma forallb_ext_in : forall A (f g : A -> bool) l, (forall x, In x l -> f x = g x) -> forallb f l = forallb g l.
  Proof. induction l; intros; cbn; [reflexivity|]. rewrite H by (left; reflexivity). rewrite IHl; auto. intros; apply H; right; auto. Qed.
  Lemma existsb_ext : forall A (f g : A -> bool) l, (forall x, f x = g x) -> existsb f l = existsb g l.
  Proof. induction l; intros; cbn; [reflexivity|]. rewrite H, IHl; auto. Qed.

  Lemma constant_term_ext : forall t, constant_term k1 t = constant_term k2 t.
  Proof.
    induction t using term_ind'; cbn; auto. apply forallb_ext_in. rewrite Forall_forall in H. auto.
  Qed.

  Lemma price_ext : forall f l, price_of D c k1 f l = price_of D c k2 f l.
  Proof.
    intros. unfold price_of. destruct (c f) as [[a b]|]; [|reflexivity]. destruct (lookup D f); [|reflexivity].
    unfold by_constant. erewrite existsb_ext; [reflexivity|]. intro x. cbn. destruct (nth_error l x); [|reflexivity].
    apply constant_term_ext.
  Qed.

  Lemma cost_term_ext : forall t st, cost_term D c k1 t st = cost_term D c k2 t st.
  Proof.
    induction t using term_ind'; intros [q0 seen]; cbn [cost_term]; try reflexivity.
    destruct (existsb (term_eqb (App f l)) seen); [reflexivity|]. rewrite constant_term_ext.
    destruct (constant_term k2 (App f l)); [reflexivity|].
    assert (G : forall st, (fix go l st := match l with [] => st | a :: r => go r (cost_term D c k1 a st) end) l st
                         = (fix go l st := match l with [] => st | a :: r => go r (cost_term D c k2 a st) end) l st).
    { revert H. generalize l. intro m. induction m as [|a m IH]; intros H st; [reflexivity|]. inversion H; subst.
      rewrite H2. apply IH. assumption. }
    rewrite G. destruct ((fix go l st := match l with [] => st | a :: r => go r (cost_term D c k2 a st) end) l (q0, App f l :: seen)).
    rewrite price_ext. reflexivity.
  Qed.

  Lemma rename_ext : forall t, rename f1 t = rename f2 t.
  Proof.
    induction t using term_ind'; cbn; try reflexivity; [rewrite Hf; reflexivity|]. f_equal. apply map_ext_in.
    rewrite Forall_forall in H. auto.
  Qed.

  Lemma block_cost_ext : forall rule, block_cost D c k1 f1 rule = block_cost D c k2 f2 rule.
  Proof.
    intro rule. unfold block_cost. f_equal. generalize (0, @nil term). induction rule as [|r rule IH]; intro st; [reflexivity|].
    cbn [fold_left]. rewrite IH. f_equal. unfold cost_contribution. rewrite Hk, rename_ext, cost_term_ext. reflexivity.
  Qed.
End Ext.

(* All ways in which operands are constants, and in which later operands are the same variable as earlier ones. *)
Fixpoint bools (n : nat) : list (list bool) :=
  match n with O => [[]] | S n => flat_map (fun l => [true :: l; false :: l]) (bools n) end.
Fixpoint firsts (n : nat) : list (list nat) :=
  match n with O => [[]] | S n => flat_map (fun l => map (fun j => l ++ [j]) (seq 0 (S n))) (firsts n) end.

(* Equal operands are both constants or both not. *)
Definition consistent (x : list bool * list nat) : bool :=
  forallb (fun k => Bool.eqb (nth k (fst x) false) (nth (nth k (snd x) k) (fst x) false)) (seq 0 (List.length (snd x))).
Definition cases (n : nat) : list (list bool * list nat) := filter consistent (list_prod (bools n) (firsts n)).

Definition omega_at (D : dictionary) (c : prices) (e : entry) (cs : list bool) (fs : list nat) : Q :=
  ratio (match c (e_name e) with Some (a, b) => if by_constant e (fun k => nth k cs false) then b else a | None => 0 end)
    (block_cost D c (fun k => nth k cs false) (fun k => nth k fs k) (e_rule e)).

Definition largest (D : dictionary) (c : prices) (e : entry) : Q :=
  fold_right (fun x m => qmax m (omega_at D c e (fst x) (snd x))) 1 (cases (e_arity e)).

Lemma in_bools : forall l, In l (bools (List.length l)).
Proof.
  induction l as [|[] l IH]; [left; reflexivity| |]; cbn; apply in_flat_map; exists l; split; auto; cbn; auto.
Qed.

Lemma in_firsts : forall n f, (forall k, (k < n)%nat -> (f k <= k)%nat) -> In (map f (seq 0 n)) (firsts n).
Proof.
  induction n as [|n IH]; intros f H; [left; reflexivity|]. rewrite seq_S, map_app. cbn [firsts]. apply in_flat_map.
  exists (map f (seq 0 n)). split; [apply IH; intros; apply H; lia|]. apply in_map_iff. exists (f n).
  split; [reflexivity|]. apply in_seq. specialize (H n). lia.
Qed.

Lemma position_le : forall x l n k, nth_error l k = Some (Var x) -> (position x n l <= n + k)%nat.
Proof.
  intros x. induction l as [|o l IH]; intros n k H; [destruct k; discriminate|]. destruct k as [|k]; cbn in *.
  - injection H as ->. rewrite Pos.eqb_refl. lia.
  - specialize (IH (S n) k H). destruct o as [y|]; [destruct (Pos.eqb x y)|]; lia.
Qed.

Lemma position_var : forall x l n k, nth_error l k = Some (Var x) -> nth_error l (position x n l - n) = Some (Var x).
Proof.
  intros x. assert (G : forall l n, (n <= position x n l)%nat).
  { induction l as [|[y|] l IH]; intro n; cbn; try lia; [destruct (Pos.eqb x y)|]; try lia; specialize (IH (S n)); lia. }
  induction l as [|o l IH]; intros n k H; [destruct k; discriminate|]. destruct k as [|k]; cbn in H.
  - injection H as ->. cbn. rewrite Pos.eqb_refl, Nat.sub_diag. reflexivity.
  - specialize (IH (S n) k H). pose proof (G l (S n)) as Gl. destruct o as [y|]; cbn [position].
    + destruct (Pos.eqb_spec x y); [subst; rewrite Nat.sub_diag; reflexivity|].
      replace (position x (S n) l - n)%nat with (S (position x (S n) l - S n)) by lia. exact IH.
    + replace (position x (S n) l - n)%nat with (S (position x (S n) l - S n)) by lia. exact IH.
Qed.

Lemma largest_ge : forall D c e cs fs, In (cs, fs) (cases (e_arity e)) -> omega_at D c e cs fs <= largest D c e.
Proof.
  intros D c e cs fs H. unfold largest. revert H.
  generalize (cases (e_arity e)). induction l as [|x l IH]; intros []; cbn.
  - subst x. apply qmax_r.
  - eapply Qle_trans; [apply IH; assumption|apply qmax_l].
Qed.

Lemma largest_one : forall D c e, 1 <= largest D c e.
Proof.
  intros. unfold largest. generalize (cases (e_arity e)). induction l; cbn; [lra|].
  eapply Qle_trans; [exact IHl|apply qmax_l].
Qed.

Lemma lookup_name : forall D f e, lookup D f = Some e -> e_name e = f.
Proof. intros D f e H. apply find_some in H as [_ H]. symmetry. apply String.eqb_eq. exact H. Qed.

Definition cost_at (c : prices) (e : entry) (cs : list bool) : Q :=
  match c (e_name e) with Some (a, b) => if by_constant e (fun k => nth k cs false) then b else a | None => 0 end.
Definition block_at (D : dictionary) (c : prices) (e : entry) (cs : list bool) (fs : list nat) : Q :=
  block_cost D c (fun k => nth k cs false) (fun k => nth k fs k) (e_rule e).

(* Each statement is one of the finitely many cases of its entry. *)
Lemma stmt_case : forall D c dep s e, lookup D (s_op s) = Some e -> List.length (s_args s) = e_arity e ->
  exists cs fs, In (cs, fs) (cases (e_arity e)) /\ cost_apply D c dep s = cost_at c e cs /\
    block_cost D c (nth_constant dep (s_args s)) (first_of (s_args s)) (e_rule e) = block_at D c e cs fs.
Proof.
  intros D c dep s e L A.
  set (cs := map (fun o => negb (depends dep o)) (s_args s)).
  set (fs := map (first_of (s_args s)) (seq 0 (e_arity e))).
  assert (Hc : forall k, nth_constant dep (s_args s) k = nth k cs false).
  { intro k. unfold nth_constant, cs. generalize (s_args s). clear. induction k; intros [|o l]; cbn; auto. }
  assert (Hf : forall k, first_of (s_args s) k = nth k fs k).
  { intro k. unfold fs. destruct (Nat.lt_ge_cases k (e_arity e)) as [Lt|Ge].
    - rewrite nth_indep with (d' := first_of (s_args s) O) by (rewrite map_length, seq_length; exact Lt).
      rewrite map_nth, seq_nth by exact Lt. reflexivity.
    - rewrite nth_overflow by (rewrite map_length, seq_length; exact Ge). unfold first_of.
      destruct (nth_error (s_args s) k) eqn:N; [|reflexivity].
      assert (nth_error (s_args s) k <> None) as N' by congruence. apply nth_error_Some in N'. lia. }
  exists cs, fs. split; [|split]; [apply filter_In; split; [apply in_prod|]| |].
  - replace (e_arity e) with (List.length cs) by (unfold cs; rewrite map_length; exact A). apply in_bools.
  - unfold fs. apply in_firsts. intros k Hk. unfold first_of. destruct (nth_error (s_args s) k) as [[x|q]|] eqn:N; try lia.
    apply (position_le x (s_args s) 0 k N).
  - unfold consistent. cbn [fst snd]. apply forallb_forall. intros k _. rewrite <- Hf, <- !Hc. unfold first_of, nth_constant.
    destruct (nth_error (s_args s) k) as [[x|q]|] eqn:N; try rewrite N; try apply eqb_reflx.
    pose proof (position_var x (s_args s) 0 k N) as P. rewrite Nat.sub_0_r in P. rewrite P. apply eqb_reflx.
  - unfold cost_apply, cost_at. rewrite L, (lookup_name _ _ _ L). destruct (c (s_op s)) as [[a b]|]; [|reflexivity].
    unfold by_constant. rewrite (existsb_ext _ _ _ (e_byconst e) Hc). reflexivity.
  - apply (block_cost_ext D c _ _ _ _ Hc Hf).
Qed.

(* The table's omega of an entry bounds that of each of its statements. *)
Theorem omega_stmt_largest : forall D c dep s e, lookup D (s_op s) = Some e -> List.length (s_args s) = e_arity e ->
  omega_stmt D c dep s <= largest D c e.
Proof.
  intros D c dep s e L A. destruct (stmt_case D c dep s e L A) as (cs & fs & Hc & C & B).
  unfold omega_stmt. rewrite L, C, B. apply (largest_ge D c e cs fs Hc).
Qed.

(* What costs nothing has a block that costs nothing, in all cases of an entry. *)
Definition has_omega (D : dictionary) (c : prices) (e : entry) : bool :=
  forallb (fun x => if Qle_bool (cost_at c e (fst x)) 0 then Qle_bool (block_at D c e (fst x) (snd x)) 0 else true)
    (cases (e_arity e)).

Theorem has_omega_stmt : forall D c dep s e, lookup D (s_op s) = Some e -> List.length (s_args s) = e_arity e ->
  has_omega D c e = true -> no_omega D c dep s = false.
Proof.
  intros D c dep s e L A H. destruct (stmt_case D c dep s e L A) as (cs & fs & Hc & C & B).
  unfold no_omega. rewrite L, C, B. unfold has_omega in H. rewrite forallb_forall in H.
  specialize (H (cs, fs) Hc). cbn in H. destruct (Qle_bool (cost_at c e cs) 0); [rewrite H; reflexivity|reflexivity].
Qed.

(* A program over operations whose omega is w at most. *)
Definition over (D : dictionary) (c : prices) (w : Q) (s : stmt) : Prop :=
  exists e, lookup D (s_op s) = Some e /\ List.length (s_args s) = e_arity e /\ largest D c e <= w /\ has_omega D c e = true.

Theorem omega_program_le : forall D c w p, 1 <= w -> Forall (over D c w) (p_stmts p) -> omega_program D c p <= w.
Proof.
  intros D c w p One H. unfold omega_program. generalize (start (p_params p)) as dep.
  assert (G : forall l dep w0, Forall (over D c w) l -> w0 <= w -> snd (fold_left (omega_step D c) l (dep, w0)) <= w).
  { induction l as [|s l IH]; intros dep w0 F W; [exact W|]. inversion F; subst. cbn [fold_left omega_step]. apply IH; [assumption|].
    destruct H2 as (e & L & A & B & _). pose proof (omega_stmt_largest D c dep s e L A). unfold qmax.
    destruct (Qle_bool _ _); [eapply Qle_trans; eassumption|exact W]. }
  intro dep. apply G; assumption.
Qed.

Theorem over_all_omega : forall D c w p, Forall (over D c w) (p_stmts p) -> all_omega D c (start (p_params p)) (p_stmts p) = Ok tt.
Proof.
  intros D c w p. generalize (start (p_params p)) as dep. induction (p_stmts p) as [|s l IH]; intros dep F; [reflexivity|].
  inversion F; subst. destruct H1 as (e & L & A & _ & O). cbn. rewrite (has_omega_stmt D c dep s e L A O). cbn. auto.
Qed.

(* [cert-sum] with a constant that does not depend on the program. *)
Theorem cheap_gradient_constant : forall D c w p, (forall f, c f <> None -> priced c f = true) -> 1 <= w ->
  Forall (over D c w) (p_stmts p) -> cost_full D c p <= w * cost_program D c p.
Proof.
  intros D c w p P One H. eapply Qle_trans; [eapply cheap_gradient; [exact P|apply (over_all_omega D c w p H)]|].
  apply Qmult_le_compat_r; [apply omega_program_le; assumption|]. apply cost_nonnegative. exact P.
Qed.

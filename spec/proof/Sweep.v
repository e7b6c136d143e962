(* The checker is sound over a whole dump: [cert-forward], [cert-order], [cert-rule] of spec/6-bound.md. *)
From Coq Require Import String List QArith Ring PArith Bool Lia.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound.
Import ListNotations.
Open Scope list_scope.
Open Scope K_scope.

Section Sweep.
  Variable K : scalars.
  Add Ring K_ring : (ring_laws K).
  Variable ev : string -> list K -> K.
  Variable D : dictionary.
  Hypothesis sanity : sane K ev D.
  Hypothesis rules_ok : dictionary_ok D = true.
  Notation env := (env K).
  Notation ov := (ov K).
  Notation owed := (owed K ev).
  Notation cur := (cur K).
  Notation pull := (pull K ev D).
  Notation given_by := (given_by K ev).
  Notation outer := (outer K).
  Notation exec_blocks := (exec_blocks K ev).
  Notation exec_all := (exec_all K ev).

  (* ---------- a block's items are what one step of the pullback gives ---------- *)

  Lemma add_to_other : forall (a : env) o w x, (forall y, o = Some (Var y) -> y <> x) -> add_to K a o w x = a x.
  Proof.
    intros a [[y|q]|] w x H; cbn; try reflexivity. apply upd_other. apply not_eq_sym. auto.
  Qed.

  Definition context (s : stmt) (b : positive) (one : bool) : ctx := Ctx (s_args s) (Some (s_var s)) (Some b) one.

  Lemma pull_items : forall F s b one act v x, mem x act = true -> forall rule (a : env),
    fold_left (fun e r => add_to K e (nth_error (s_args s) (target r)) (given_by F s v r)) rule a x
    = a x + owed F (context s b one) v (items_of act (s_args s) rule) x.
  Proof.
    intros F s b one act v x Hx. induction rule as [|r rule IH]; intro a; cbn [fold_left]; [cbn; ring|].
    rewrite IH. unfold items_of. cbn [flat_map]. rewrite owed_app.
    match goal with |- ?p + ?q = ?e + (?m + ?q') => change q' with q; cut (p = e + m); [intros ->; ring|] end.
    destruct (nth_error (s_args s) (target r)) as [[y|q]|]; cbn; try ring.
    destruct (mem y act) eqn:My.
    - cbn. unfold ival. cbn. destruct (Pos.eqb_spec y x) as [<-|N].
      + rewrite upd_same. unfold Semantics.given_by, rval. cbn. ring.
      + rewrite upd_other by auto. ring.
    - cbn. rewrite upd_other; [ring|]. intros ->. congruence.
  Qed.

  Lemma pull_inactive : forall F s act x, mem x act = true -> forallb (fun o => negb (depends act o)) (s_args s) = true ->
    forall a, pull F a s x = a x.
  Proof.
    intros F s act x Hx H a. unfold Semantics.pull. generalize (a (s_var s)). intro v.
    generalize (rule_of D s) as rule. intro rule. revert a. induction rule as [|r rule IH]; intro a; [reflexivity|].
    cbn. rewrite IH. apply add_to_other. intros y E. apply nth_error_In in E. rewrite forallb_forall in H.
    specialize (H _ E). cbn in H. intros ->. rewrite Hx in H. discriminate.
  Qed.

  Lemma pull_zero : forall F s a x, a (s_var s) = 0 -> pull F a s x = a x.
  Proof.
    intros F s a x Z. unfold Semantics.pull. rewrite Z. clear Z.
    assert (H : forall r, In r (rule_of D s) -> given_by F s 0 r = 0).
    { intros r Hr. rewrite (given_linear K ev D sanity rules_ok F s 0 r Hr). ring. }
    revert a H. generalize (rule_of D s) as rule. induction rule as [|r rule IH]; intros a H; [reflexivity|].
    cbn. rewrite IH by (intros; apply H; right; assumption). rewrite (H r (or_introl eq_refl)).
    destruct (nth_error (s_args s) (target r)) as [[y|q]|]; cbn; try reflexivity.
    unfold upd. destruct (Pos.eqb_spec x y); [subst; ring|reflexivity].
  Qed.

  (* ---------- the sweep ---------- *)

  Lemma is_forward_find : forall k x, is_forward k x = true -> PM.find x k = Some Fwd.
  Proof. intros k x H. unfold is_forward in H. destruct (PM.find x k) as [[| |]|]; congruence. Qed.

  Lemma sweep_ok : forall F h act rs bs T (r a : env) T',
    outer F T r -> (forall x, mem x act = true -> cur r (bar_of T) x = a x) ->
    sweep_check D h act T rs bs = Ok T' ->
    outer F T' (exec_blocks bs r) /\
    forall x, mem x act = true -> cur (exec_blocks bs r) (bar_of T') x = fold_left (pull F) rs a x.
  Proof.
    intros F h act. induction rs as [|s rs IH]; intros bs T r a T' O A E; cbn [sweep_check] in E.
    - destruct bs as [|[z b] bs]; [|discriminate]. injection E as <-. split; assumption.
    - destruct (PM.find (s_var s) (bar_of T)) as [b|] eqn:B.
      + destruct bs as [|[z' body] bs]; [discriminate|]. peel E. apply Pos.eqb_eq in E0. subst z'.
        destruct (lookup D (s_op s)) as [e|] eqn:L; [|discriminate].
        peel E. peel E. rename E1 into Mz. peel E. rename E1 into Fa. peel E. rename E1 into Fz.
        peel E. rename a5 into T1, E1 into Bl.
        apply is_forward_find in Fz.
        assert (Av : a (s_var s) = r b) by (rewrite <- (A _ Mz); unfold Sound.cur; rewrite B; reflexivity).
        change (Ctx (s_args s) (Some (s_var s)) (Some b) (mem b (one_of T))) with (context s b (mem b (one_of T))) in Bl.
        apply (block_ok K ev D sanity F _ h (r b) T r) in Bl as [O1 C1]; cbn; auto.
        * cbn [Semantics.exec_blocks fold_left snd]. apply IH with (T := T1); [exact O1| |exact E].
          intros x Mx. rewrite C1, (A x Mx). unfold Semantics.pull. rewrite Av.
          unfold rule_of. rewrite L. symmetry. apply pull_items. exact Mx.
        * intro M. split; [eauto|]. apply mem_find in M as [u M]. eapply o_one; eauto.
        * discriminate.
        * intros z Z. injection Z as <-. exact Fz.
        * intros b' Hb. injection Hb as <-. split; [|reflexivity]. apply mem_find. exists (BarOf (s_var s)).
          apply (o_bar _ _ _ _ O). exact B.
      + peel E. apply IH with (T := T); [exact O| |exact E]. intros x Mx.
        destruct (mem (s_var s) act) eqn:Ms.
        * rewrite pull_zero; [auto|]. rewrite <- (A _ Ms). unfold Sound.cur. rewrite B. reflexivity.
        * rewrite (pull_inactive F s act x Mx E0). auto.
  Qed.

  (* ---------- seeds ---------- *)

  Lemma skipn_step : forall (l : list K) k, (k < length l)%nat -> skipn k l = nth k l 0 :: skipn (S k) l.
  Proof. induction l; intros [|k] H; cbn in *; try lia; [reflexivity|]. apply IHl. lia. Qed.

  Lemma seeds_owed : forall F ops act x, mem x act = true -> forall rs k (a : env),
    (length rs + k = length ops)%nat ->
    fold_left (fun a rs => add_to K a (Some (fst rs)) (snd rs)) (combine rs (skipn k (map (ov F) ops))) a x
    = a x + owed F (Ctx ops None None false) 0 (seed_items act k rs) x.
  Proof.
    intros F ops act x Mx. induction rs as [|o rs IH]; intros k a H; cbn [length] in H; [cbn; ring|].
    rewrite skipn_step by (rewrite map_length; lia). cbn [combine fold_left fst snd].
    rewrite IH by lia. cbn [seed_items].
    destruct o as [y|q]; [|cbn; ring]. cbn [add_to]. destruct (mem y act) eqn:My.
    - cbn. unfold ival, rval. cbn. destruct (Pos.eqb_spec y x) as [<-|N].
      + rewrite upd_same. ring.
      + rewrite upd_other by auto. ring.
    - rewrite upd_other; [reflexivity|]. intros ->. congruence.
  Qed.

  (* ---------- the forward part ---------- *)

  Lemma same_stmts_run : forall l m u (r : env), same_stmts l m = Ok u -> run K ev m r = run K ev l r.
  Proof.
    induction l as [|s l IH]; intros [|t m] u r E; cbn in E; try discriminate; [reflexivity|]. peel E.
    unfold stmt_eqb in E0. destruct (Pos.eqb_spec (s_var s) (s_var t)); [|discriminate].
    destruct (String.eqb_spec (s_op s) (s_op t)); [|discriminate].
    unfold run in *. cbn. rewrite <- (IH m u _ E). unfold exec_stmt. rewrite e, e0.
    apply (ops_eqb_ov K) with (r := r) in E0. rewrite E0. reflexivity.
  Qed.

  Lemma declare_kinds : forall l k k' u, (forall x v, PM.find x k = Some v -> v = Fwd) ->
    declare k l = Ok k' -> forall x, PM.find x k' = Some u -> u = Fwd.
  Proof.
    induction l as [|y l IH]; intros k k' u H E x Hx; cbn in E; [injection E as <-; eauto|].
    peel E. refine (IH _ _ _ _ E x Hx). intros z v. rewrite find_add. destruct (Pos.eqb z y); [congruence|apply H].
  Qed.

  Lemma well_formed_kinds : forall l k k' u, (forall x v, PM.find x k = Some v -> v = Fwd) ->
    well_formed D k l = Ok k' -> forall x, PM.find x k' = Some u -> u = Fwd.
  Proof.
    induction l as [|s l IH]; intros k k' u H E x Hx; cbn in E; [injection E as <-; eauto|].
    peel E. peel E. peel E. refine (IH _ _ _ _ E x Hx).
    intros z v. rewrite find_add. destruct (Pos.eqb z (s_var s)); [congruence|apply H].
  Qed.

  (* What is not defined keeps its value. *)
  Lemma well_formed_run : forall l k k' (r : env) x, well_formed D k l = Ok k' -> mem x k' = false ->
    run K ev l r x = r x /\ mem x k = false.
  Proof.
    induction l as [|s l IH]; intros k k' r x E M; cbn in E; [injection E as <-; auto|].
    peel E. peel E. peel E. destruct (IH _ _ (exec_stmt K ev r s) x E M) as [R N].
    unfold mem in N. rewrite find_add in N. destruct (Pos.eqb_spec x (s_var s)); [discriminate|].
    split; [|exact N]. unfold run in *. cbn. rewrite R. apply upd_other. exact n.
  Qed.

  Lemma declare_fresh : forall l k k' x, declare k l = Ok k' -> In x l -> mem x k = false.
  Proof.
    induction l as [|y l IH]; intros k k' x E H; [destruct H|]. cbn in E. peel E. apply negb_true_iff in E0.
    destruct H as [<-|H]; [exact E0|]. apply (IH _ _ x E) in H. unfold mem in *. rewrite find_add in H.
    destruct (Pos.eqb x y); [discriminate|exact H].
  Qed.

  (* ---------- results ---------- *)

  Lemma prefix_ok : forall rs l rest (r : env), prefix_check rs l = Ok rest ->
    map (ov r) l = map (ov r) rs ++ map (ov r) rest.
  Proof.
    induction rs as [|o rs IH]; intros l rest r E; cbn in E; [injection E as <-; reflexivity|].
    destruct l as [|o' l]; [discriminate|]. peel E. cbn. rewrite (IH _ _ r E).
    rewrite (op_eqb_ov K _ _ r E0). reflexivity.
  Qed.

  Definition differentiated (l : list (positive * bool)) : list positive := map fst (filter snd l).

  Lemma results_ok : forall act T (r : env) params l u, results_check act T params l = Ok u ->
    map (ov r) l = map (cur r (bar_of T)) (differentiated params) /\
    forall x, In x (differentiated params) -> mem x act = true.
  Proof.
    intros act T r. induction params as [|[x b] params IH]; intros l u E; cbn in E.
    - destruct l; [|discriminate]. split; [reflexivity|intros x []].
    - destruct b.
      + destruct l as [|o l]; [discriminate|]. peel E. peel E. destruct (IH _ _ E) as [R A].
        unfold differentiated in *. cbn. split.
        * rewrite R. f_equal. unfold Sound.cur. destruct (PM.find x (bar_of T)) as [b|].
          -- apply (op_eqb_ov K) with (r := r) in E0. exact E0.
          -- apply (op_eqb_ov K) with (r := r) in E0. rewrite E0. cbn. apply inj_0.
        * intros y [<-|H]; auto.
      + unfold differentiated in *. cbn. eapply IH. exact E.
  Qed.

  (* ---------- the theorem on values ---------- *)

  (* What the dump is given as seeds: 1 where P has one result and the dump takes none. *)
  Definition seeds_of (q : dump) (r : env) : list K := map (ov r) (seed_operands q).

  Theorem values_sound : forall p q u, certify_values D p q = Ok u -> forall r : env,
    map (ov (run_dump K ev q r)) (q_results q)
    = map (ov (run K ev (p_stmts p) r)) (p_results p)
      ++ map (pullback K ev D p (run K ev (p_stmts p) r) (seeds_of q r)) (differentiated (p_params p)).
  Proof.
    intros p q u E r. unfold certify_values in E.
    peel E. clear E0. peel E. rename a0 into k0, E0 into Ek0. peel E. rename a0 into k1, E0 into Ek1.
    peel E. clear E0. peel E. clear E0. peel E. rename E0 into Est. peel E. rename a3 into gradient, E0 into Epre.
    peel E. rename E0 into Elen. peel E. rename a4 into k2, E0 into Ek2.
    peel E. rename a4 into T1, E0 into Eseed. peel E. rename a4 into T2, E0 into Esw. peel E. rename E0 into Eres.
    set (F := run K ev (p_stmts p) r) in *.
    assert (Kf : forall x v, PM.find x k2 = Some v -> v = Fwd).
    { intros x v. eapply declare_kinds; [|exact Ek2]. intros y w. eapply well_formed_kinds; [|exact Ek1].
      intros y' w'. eapply declare_kinds; [|exact Ek0]. intros ? ? N. rewrite PM.gempty in N. discriminate. }
    assert (Len : length (p_results p) = length (seed_operands q)).
    { unfold seed_operands. destruct (q_seeds q) as [|x l]; apply Nat.eqb_eq in Elen; rewrite Elen; cbn; [reflexivity|].
      rewrite map_length. reflexivity. }
    assert (Seeds : map (ov F) (seed_operands q) = seeds_of q r).
    { unfold seeds_of. apply map_ext_in. intros o Ho. unfold seed_operands in Ho.
      destruct (q_seeds q) as [|x l] eqn:Q; [destruct Ho as [<-|[]]; reflexivity|].
      apply in_map_iff in Ho as (y & <- & Hy). cbn.
      apply (well_formed_run _ _ _ r y Ek1). eapply declare_fresh; eauto. }
    set (r1 := run K ev (q_forward q) r).
    assert (R1 : r1 = F) by (eapply same_stmts_run; eauto).
    apply (block_ok K ev D sanity F _ _ 0 _ r1) in Eseed as [O1 C1]; cbn; auto; try discriminate.
    - cbn in C1. apply (sweep_ok F _ _ _ _ _ _ (seeded K (p_results p) (seeds_of q r)) _ O1) in Esw as [O2 C2].
      + unfold run_dump. fold r1. set (r2 := exec_blocks (q_blocks q) (exec_all (q_seeding q) r1)) in *.
        rewrite (prefix_ok _ _ _ r2 Epre). f_equal.
        * apply (forward_map K F (k_of T2) r2); [apply (o_fwd _ _ _ _ O2)|exact Eres].
        * destruct (results_ok _ _ r2 _ _ _ E) as [-> A]. apply map_ext_in. intros x Hx.
          rewrite (C2 x (A x Hx)). unfold pullback. rewrite rev_alt. reflexivity.
      + intros x Mx. rewrite C1. unfold seeded. rewrite <- Seeds.
        pose proof (seeds_owed F (seed_operands q) (active p) x Mx (p_results p) 0 (fun _ => 0)) as So.
        cbn [skipn] in So. rewrite So by lia. unfold Sound.cur. rewrite PM.gempty. reflexivity.
    - constructor; cbn; intros; try (rewrite PM.gempty in *; discriminate). rewrite R1. reflexivity.
    - unfold seed_operands. destruct (q_seeds q) as [|x l] eqn:Q; [reflexivity|].
      rewrite forallb_forall. intros o Ho. apply in_map_iff in Ho as (y & <- & Hy). cbn. unfold is_forward.
      assert (M : mem y k2 = true).
      { revert Ek2 Hy. clear. generalize (x :: l). intro m. revert k1. induction m as [|z m IH]; intros k E H; [destruct H|].
        cbn in E. peel E. destruct H as [->|H]; [|eauto].
        assert (S : forall m k k', declare k m = Ok k' -> mem y k = true -> mem y k' = true).
        { clear. induction m as [|z m IH]; intros k k' E M; cbn in E; [injection E as <-; exact M|]. peel E.
          apply (IH _ _ E). unfold mem in *. rewrite find_add. destruct (Pos.eqb y z); auto. }
        apply (S _ _ _ E). unfold mem. rewrite find_add, Pos.eqb_refl. reflexivity. }
      apply mem_find in M as [v M]. rewrite M, (Kf _ _ M). reflexivity.
  Qed.
End Sweep.

(* The checker is sound inside a block: what the block adds to the bars is what the rule gives, [cert-rule]. *)
From Coq Require Import String List QArith Ring PArith Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values.
Import ListNotations.
Open Scope list_scope.
Open Scope K_scope.

Section Sound.
  Variable K : scalars.
  Add Ring K_ring : (ring_laws K).
  Variable ev : string -> list K -> K.
  Variable D : dictionary.
  Hypothesis sanity : sane K ev D.
  Notation env := (env K).
  Notation ov := (ov K).
  Notation teval := (teval K ev).
  Notation gval := (gval K ev).
  Notation opt_val := (opt_val K).
  Notation tval := (tval K ev).
  Notation defs_hold := (defs_hold K ev).
  Notation one_holds := (one_holds K).

  (* ---------- maps ---------- *)

  Lemma find_add : forall A x y (v : A) m, PM.find x (PM.add y v m) = if Pos.eqb x y then Some v else PM.find x m.
  Proof.
    intros. destruct (Pos.eqb_spec x y); [subst; apply PM.gss|apply PM.gso; assumption].
  Qed.
  Lemma find_remove : forall A x y (v : A) m, PM.find x (PM.remove y m) = Some v -> x <> y /\ PM.find x m = Some v.
  Proof.
    intros. destruct (Pos.eq_dec x y).
    - subst. rewrite PM.grs in H. discriminate.
    - rewrite PM.gro in H by assumption. auto.
  Qed.
  Lemma mem_find : forall A x (m : PM.t A), mem x m = true <-> exists v, PM.find x m = Some v.
  Proof. intros. unfold mem. destruct (PM.find x m); split; intros; eauto; try discriminate. destruct H; discriminate. Qed.
  Lemma not_mem : forall A x (m : PM.t A), mem x m = false -> PM.find x m = None.
  Proof. intros. unfold mem in H. destruct (PM.find x m); [discriminate|reflexivity]. Qed.

  (* ---------- what is owed ---------- *)

  Definition cur (r : env) (m : PM.t positive) (x : positive) : K := match PM.find x m with Some b => r b | None => 0 end.

  Section Owed.
    Variables (F : env) (c : ctx) (bv : K).
    Definition rval (t : term) : K := teval (map (ov F) (c_args c)) (opt_val F (c_res c)) bv t.
    Definition ival (i : item) : K := sign K (i_neg i) * rval (i_term i).
    Fixpoint owed (l : list item) (x : positive) : K :=
      match l with [] => 0 | i :: l => (if Pos.eqb (i_var i) x then ival i else 0) + owed l x end.

    Lemma owed_app : forall l m x, owed (l ++ m) x = owed l x + owed m x.
    Proof. induction l; intros; cbn; [ring|]. rewrite IHl. ring. Qed.

    Lemma take_owed : forall f l i rest, take f l = Some (i, rest) ->
      f i = true /\ forall x, owed l x = (if Pos.eqb (i_var i) x then ival i else 0) + owed rest x.
    Proof.
      induction l as [|a l IH]; intros i rest H; cbn in H; [discriminate|].
      destruct (f a) eqn:Fa; [injection H as <- <-; split; [exact Fa|reflexivity]|].
      destruct (take f l) as [[b s]|]; [|discriminate]. injection H as <- <-.
      destruct (IH b s eq_refl) as [Fb O]. split; [exact Fb|]. intro x. cbn. rewrite O. ring.
    Qed.

    Hypothesis one_bar : c_one c = true -> (exists b, c_bar c = Some b) /\ bv = 1.

    Lemma rval_bar : forall t, term_is_bar t = true -> rval t = bv.
    Proof. intros []; cbn; intros; try discriminate. reflexivity. Qed.

    Lemma without_one_val : forall t, rval (without_one c t) = rval t.
    Proof.
      intros [k| | |q|n q|f [|a [|b [|e l]]]]; try reflexivity. unfold without_one.
      destruct (String.eqb_spec f "*"); [subst|reflexivity]. destruct (c_one c) eqn:C; [|reflexivity].
      destruct (one_bar eq_refl) as [_ B].
      change (rval (App "*" [a; b])) with (ev "*" [rval a; rval b]). rewrite (ev_mul _ _ _ sanity).
      destruct (term_is_bar a) eqn:A; [rewrite (rval_bar a A), B; ring|].
      destruct (term_is_bar b) eqn:Bb; [rewrite (rval_bar b Bb), B; ring|].
      change (rval (App "*" [a; b])) with (ev "*" [rval a; rval b]). rewrite (ev_mul _ _ _ sanity). reflexivity.
    Qed.

    Lemma sign_negb : forall b x, sign K (negb b) * x = sign K b * (- x).
    Proof. intros [] x; unfold sign; cbn [negb]; ring. Qed.

    Lemma signed_item_val : forall i, i_var (signed_item c i) = i_var i /\ ival (signed_item c i) = ival i.
    Proof.
      intro i. unfold signed_item, ival. pose proof (without_one_val (i_term i)) as W.
      destruct (without_one c (i_term i)) as [k| | |q|n q|f [|a [|b l]]]; try (split; reflexivity).
      destruct (String.eqb_spec f "neg"); [subst|split; reflexivity]. cbn [i_var i_neg i_term].
      split; [reflexivity|]. rewrite <- W, sign_negb. change (rval (App "neg" [a])) with (ev "neg" [rval a]). rewrite (ev_neg _ _ _ sanity). reflexivity.
    Qed.

    Lemma owed_signed : forall l x, owed (map (signed_item c) l) x = owed l x.
    Proof.
      induction l; intro x; cbn; [reflexivity|]. destruct (signed_item_val a) as [-> ->]. rewrite IHl. reflexivity.
    Qed.
  End Owed.

  (* ---------- inside a block ---------- *)

  Section InBlock.
    Variables (F : env) (c : ctx) (h : hints) (bv : K) (G : positive -> K).
    Hypothesis one_bar : c_one c = true -> (exists b, c_bar c = Some b) /\ bv = 1.
    Hypothesis no_bar : c_bar c = None -> bv = 0.

    Record inv (T : state) (r : env) : Prop := Inv
      { v_bar : forall x b, PM.find x (bar_of T) = Some b -> PM.find b (k_of T) = Some (BarOf x);
        v_fwd : forall x, PM.find x (k_of T) = Some Fwd -> r x = F x;
        v_one : forall b u, PM.find b (one_of T) = Some u -> r b = 1;
        v_def : forall x f l, PM.find x (def_of T) = Some (f, l) ->
          PM.find x (k_of T) = Some Temp /\ forallb (kind_fixed c (k_of T)) l = true /\ r x = ev f (map (ov r) l);
        v_args : forallb (forward_operand (k_of T)) (c_args c) = true;
        v_res : forall z, c_res c = Some z -> PM.find z (k_of T) = Some Fwd;
        v_cbar : forall b, c_bar c = Some b -> mem b (k_of T) = true /\ r b = bv;
        v_goal : forall x, cur r (bar_of T) x + owed F c bv (asked T) x = G x }.

    Lemma forward_ov : forall k r o, (forall x, PM.find x k = Some Fwd -> r x = F x) ->
      forward_operand k o = true -> ov r o = ov F o.
    Proof.
      intros k r [x|q] H E; [|reflexivity]. cbn in *. unfold is_forward in E. apply H.
      destruct (PM.find x k) as [[| |]|]; congruence.
    Qed.

    Lemma forward_map : forall k r l, (forall x, PM.find x k = Some Fwd -> r x = F x) ->
      forallb (forward_operand k) l = true -> map (ov r) l = map (ov F) l.
    Proof.
      intros k r l H E. apply map_ext_in. intros o Ho. rewrite forallb_forall in E. eauto using forward_ov.
    Qed.

    Lemma tval_rval : forall T r t, inv T r -> tval r c t = rval F c bv t.
    Proof.
      intros T r t V. unfold tval, rval. rewrite (forward_map _ _ _ (v_fwd _ _ V) (v_args _ _ V)). f_equal.
      - destruct (c_res c) as [z|] eqn:E; [|reflexivity]. cbn. apply (v_fwd _ _ V), (v_res _ _ V). exact E.
      - destruct (c_bar c) as [b|] eqn:E; cbn; [apply (v_cbar _ _ V); exact E|symmetry; auto].
    Qed.

    (* Where a write may go: to a new variable, or to a bar that is not the block's own. *)
    Definition writable (k : PM.t kind) (t : positive) : Prop :=
      PM.find t k = None \/ (exists x, PM.find t k = Some (BarOf x)) /\ c_bar c <> Some t.

    Lemma fixed_ov : forall k t w r o, writable k t -> kind_fixed c k o = true -> ov (upd K r t w) o = ov r o.
    Proof.
      intros k t w r [x|q] W E; [|reflexivity]. cbn in *. apply upd_other. intros ->.
      destruct W as [W|[[y W] N]]; rewrite W in E; [discriminate|].
      destruct (c_bar c); [|discriminate]. apply Pos.eqb_eq in E. congruence.
    Qed.

    Lemma fixed_map : forall k t w r l, writable k t -> forallb (kind_fixed c k) l = true ->
      map (ov (upd K r t w)) l = map (ov r) l.
    Proof. intros. apply map_ext_in. intros o Ho. rewrite forallb_forall in H0. eauto using fixed_ov. Qed.

    Lemma fixed_add : forall k t v o, PM.find t k = None -> kind_fixed c k o = true -> kind_fixed c (PM.add t v k) o = true.
    Proof.
      intros k t v [x|q] N E; [|reflexivity]. cbn in *. rewrite find_add. destruct (Pos.eqb_spec x t); [|exact E].
      subst. rewrite N in E. discriminate.
    Qed.

    Lemma fixed_adds : forall k t v l, PM.find t k = None -> forallb (kind_fixed c k) l = true ->
      forallb (kind_fixed c (PM.add t v k)) l = true.
    Proof. intros. rewrite forallb_forall in *. auto using fixed_add. Qed.

    Lemma forward_add : forall k t v l, PM.find t k = None -> forallb (forward_operand k) l = true ->
      forallb (forward_operand (PM.add t v k)) l = true.
    Proof.
      intros. rewrite forallb_forall in *. intros [x|q] Hx; [|reflexivity]. specialize (H0 _ Hx). cbn in *.
      unfold is_forward in *. rewrite find_add. destruct (Pos.eqb_spec x t); [|exact H0]. subst. rewrite H in H0. discriminate.
    Qed.

    Lemma signed_given_val : forall r d neg g neg' g', defs_hold r d -> one_holds r c ->
      signed_given c d neg g = (neg', g') -> sign K neg' * gval r g' = sign K neg * gval r g.
    Proof.
      intros r d neg g neg' g' HD HO E. unfold signed_given in E.
      pose proof (strip_val K ev D sanity r c d HD HO 4 g) as S.
      destruct (strip 4 c d g) as [o|f [|a [|b l]]]; try (injection E as <- <-; reflexivity).
      destruct (String.eqb_spec f "neg"); [subst|injection E as <- <-; reflexivity]. injection E as <- <-.
      rewrite (unfold_val K ev r d HD), sign_negb, <- S. cbn. rewrite (ev_neg _ _ _ sanity). reflexivity.
    Qed.

    Lemma inv_defs : forall T r, inv T r -> defs_hold r (def_of T).
    Proof. intros T r V x f l E. apply (v_def _ _ V) in E. tauto. Qed.
    Lemma inv_one : forall T r, inv T r -> one_holds r c.
    Proof. intros T r V C b E. destruct (one_bar C) as [_ <-]. apply (v_cbar _ _ V). exact E. Qed.

    Lemma sign_inj : forall b x y, sign K b * x = sign K b * y -> x = y.
    Proof.
      intros b x y H. assert (sign K b * (sign K b * x) = sign K b * (sign K b * y)) by congruence.
      destruct b; unfold sign in H0; [|unfold sign in H].
      - replace x with (- (1) * (- (1) * x)) by ring. rewrite H0. ring.
      - replace x with (1 * x) by ring. rewrite H. ring.
    Qed.

    Lemma give_ok : forall T r t adds one neg g T' w, inv T r ->
      (adds = false -> neg = false) -> (one = true -> gval r g = 1) ->
      w = (if adds then r t + sign K neg * gval r g else gval r g) ->
      give c h T t adds one neg g = Ok T' -> inv T' (upd K r t w).
    Proof.
      intros T r t adds one neg g T' w V Hn Ho Hw E. unfold give in E.
      destruct (signed_given c (def_of T) neg g) as [neg' g'] eqn:Sg.
      apply signed_given_val with (r := r) in Sg; eauto using inv_defs, inv_one.
      peel E. apply negb_true_iff in E0.
      destruct (take (fits c h T t neg' g') (asked T)) as [[i rest]|] eqn:Tk; [|discriminate].
      apply (take_owed F c bv) in Tk as [Fi Ow]. unfold fits in Fi.
      destruct (match PM.find (i_var i) (bar_of T) with Some _ => _ | None => _ end) eqn:Place in Fi; [|discriminate].
      destruct (Bool.eqb neg' (i_neg i)) eqn:Ng; [|discriminate]. apply eqb_prop in Ng. subst neg'.
      apply (same_val K ev D sanity) with (r := r) in Fi; eauto using inv_defs, inv_one.
      2: { intros C N. destruct (one_bar C) as [[b B] _]. congruence. }
      rewrite (tval_rval T r _ V) in Fi.
      assert (Iv : ival F c bv i = sign K neg * gval r g) by (unfold ival; rewrite <- Fi; exact Sg).
      assert (Own : c_bar c <> Some t).
      { intro B. rewrite B in E0. cbn in E0. rewrite Pos.eqb_refl in E0. discriminate. }
      destruct (PM.find (i_var i) (bar_of T)) as [b|] eqn:Bar.
      - (* added to *)
        apply Pos.eqb_eq in Place. subst b. peel E. subst adds. injection E as <-. subst w.
        pose proof (v_bar _ _ V _ _ Bar) as Kt.
        assert (W : writable (k_of T) t) by (right; eauto).
        constructor; cbn.
        + apply (v_bar _ _ V).
        + intros x Fx. rewrite upd_other by congruence. apply (v_fwd _ _ V). exact Fx.
        + intros b u Hb. apply find_remove in Hb as [Nb Hb]. rewrite upd_other by exact Nb. eapply v_one; eauto.
        + intros x f l Hx. apply (v_def _ _ V) in Hx as (Tx & Fx & Ex). split; [exact Tx|]. split; [exact Fx|].
          rewrite upd_other by congruence. rewrite (fixed_map _ _ _ _ _ W Fx). exact Ex.
        + apply (v_args _ _ V).
        + apply (v_res _ _ V).
        + intros b Hb. rewrite upd_other by congruence. apply (v_cbar _ _ V). exact Hb.
        + intro x. rewrite <- (v_goal _ _ V x), Ow, Iv. unfold cur.
          destruct (Pos.eqb_spec (i_var i) x) as [<-|Nx].
          * rewrite Bar, upd_same. ring.
          * destruct (PM.find x (bar_of T)) as [b|] eqn:Bx; [|ring].
            rewrite upd_other; [ring|]. intros ->. apply (v_bar _ _ V) in Bx. congruence.
      - (* the first contribution *)
        peel E. apply negb_true_iff in E1. subst adds. rewrite (Hn eq_refl) in *. subst w. injection E as <-.
        assert (Nt : PM.find t (k_of T) = None).
        { destruct (mem t (k_of T)) eqn:M; [discriminate|]. apply not_mem. exact M. }
        assert (W : writable (k_of T) t) by (left; exact Nt).
        assert (Nb : forall b x, PM.find b (k_of T) = Some x -> b <> t) by congruence.
        constructor; cbn.
        + intros x b. rewrite !find_add. destruct (Pos.eqb_spec x (i_var i)).
          * intro Hb. injection Hb as <-. rewrite Pos.eqb_refl. congruence.
          * intro Hb. apply (v_bar _ _ V) in Hb. destruct (Pos.eqb_spec b t); [congruence|exact Hb].
        + intros x. rewrite find_add. destruct (Pos.eqb_spec x t); [discriminate|]. intro Fx.
          rewrite upd_other by assumption. apply (v_fwd _ _ V). exact Fx.
        + intros b u Hb. destruct one.
          * rewrite find_add in Hb. destruct (Pos.eqb_spec b t); [subst; rewrite upd_same; auto|].
            rewrite upd_other by assumption. eapply v_one; eauto.
          * apply find_remove in Hb as [Nn Hb]. rewrite upd_other by exact Nn. eapply v_one; eauto.
        + intros x f l Hx. apply (v_def _ _ V) in Hx as (Tx & Fx & Ex). rewrite find_add.
          destruct (Pos.eqb_spec x t); [congruence|]. split; [exact Tx|]. split; [auto using fixed_adds|].
          rewrite upd_other by assumption. rewrite (fixed_map _ _ _ _ _ W Fx). exact Ex.
        + apply forward_add; [exact Nt|apply (v_args _ _ V)].
        + intros z Hz. apply (v_res _ _ V) in Hz. rewrite find_add. destruct (Pos.eqb_spec z t); congruence.
        + intros b Hb. destruct (v_cbar _ _ V b Hb) as [Mb Eb]. split.
          * unfold mem in *. rewrite find_add. destruct (Pos.eqb b t); auto.
          * rewrite upd_other by congruence. exact Eb.
        + intro x. rewrite <- (v_goal _ _ V x), Ow, Iv. unfold cur. rewrite find_add.
          rewrite (Pos.eqb_sym x (i_var i)). destruct (Pos.eqb_spec (i_var i) x) as [<-|Nx].
          * rewrite Bar, upd_same. unfold sign. ring.
          * destruct (PM.find x (bar_of T)) as [b|] eqn:Bx; [|ring].
            rewrite upd_other; [ring|]. apply (v_bar _ _ V) in Bx. congruence.
    Qed.

    Lemma step_ok : forall T r d T', inv T r -> step D c h T d = Ok T' -> inv T' (exec K ev r d).
    Proof.
      intros T r d T' V E. unfold step in E. peel E. rename E0 into Fx.
      destruct d as [s|t o|t o|t o]; cbn [dtarget dreads] in *.
      - peel E. cbn. unfold exec_stmt. destruct (mem (s_var s) (h_bar h)) eqn:Hb.
        + eapply give_ok; [exact V| | | |exact E]; [reflexivity|discriminate|reflexivity].
        + peel E. apply negb_true_iff, not_mem in E1. rename E1 into Nt. injection E as <-.
          assert (W : writable (k_of T) (s_var s)) by (left; exact Nt).
          constructor; cbn.
          * intros x b Hx. apply (v_bar _ _ V) in Hx. rewrite find_add. destruct (Pos.eqb_spec b (s_var s)); congruence.
          * intros x. rewrite find_add. destruct (Pos.eqb_spec x (s_var s)); [discriminate|]. intro Hx.
            rewrite upd_other by assumption. apply (v_fwd _ _ V). exact Hx.
          * intros b u Hu. apply find_remove in Hu as [Nb Hu]. rewrite upd_other by exact Nb. eapply v_one; eauto.
          * intros x f l. rewrite !find_add. destruct (Pos.eqb_spec x (s_var s)).
            -- intro Hx. injection Hx as <- <-. subst x. split; [reflexivity|]. split; [auto using fixed_adds|].
               rewrite upd_same, (fixed_map _ _ _ _ _ W Fx). reflexivity.
            -- intro Hx. apply (v_def _ _ V) in Hx as (Tx & Gx & Ex). split; [exact Tx|]. split; [auto using fixed_adds|].
               rewrite upd_other by assumption. rewrite (fixed_map _ _ _ _ _ W Gx). exact Ex.
          * apply forward_add; [exact Nt|apply (v_args _ _ V)].
          * intros z Hz. apply (v_res _ _ V) in Hz. rewrite find_add. destruct (Pos.eqb_spec z (s_var s)); congruence.
          * intros b Hc. destruct (v_cbar _ _ V b Hc) as [Mb Eb]. split.
            -- unfold mem in *. rewrite find_add. destruct (Pos.eqb b (s_var s)); auto.
            -- rewrite upd_other; [exact Eb|]. intros ->. apply mem_find in Mb as [v Mb]. congruence.
          * intro x. rewrite <- (v_goal _ _ V x). unfold cur. destruct (PM.find x (bar_of T)) as [b|] eqn:Bx; [|reflexivity].
            rewrite upd_other; [reflexivity|]. apply (v_bar _ _ V) in Bx. congruence.
      - cbn [exec]. eapply give_ok; [exact V| | | |exact E]; [reflexivity| |].
        + intro H1. rewrite (unfold_val K ev r _ (inv_defs _ _ V)). destruct o as [|q]; [discriminate|]. cbn in *.
          rewrite <- (inj_1 K). apply inj_eq, Qeq_bool_eq. exact H1.
        + symmetry. apply unfold_val. exact (inv_defs _ _ V).
      - cbn [exec]. eapply give_ok; [exact V| | | |exact E]; try discriminate. cbn iota.
        rewrite (unfold_val K ev r _ (inv_defs _ _ V)). unfold sign. ring.
      - cbn [exec]. eapply give_ok; [exact V| | | |exact E]; try discriminate. cbn iota.
        rewrite (unfold_val K ev r _ (inv_defs _ _ V)). unfold sign. ring.
    Qed.

    Lemma steps_ok : forall l T r T', inv T r -> steps D c h T l = Ok T' -> inv T' (exec_all K ev l r).
    Proof.
      induction l as [|d l IH]; intros T r T' V E; cbn in E; [injection E as <-; exact V|].
      peel E. cbn. eapply IH; [|exact E]. eapply step_ok; eauto.
    Qed.
  End InBlock.

  (* ---------- blocks ---------- *)

  (* Between blocks. *)
  Record outer (F : env) (T : state) (r : env) : Prop := Outer
    { o_bar : forall x b, PM.find x (bar_of T) = Some b -> PM.find b (k_of T) = Some (BarOf x);
      o_fwd : forall x, PM.find x (k_of T) = Some Fwd -> r x = F x;
      o_one : forall b u, PM.find b (one_of T) = Some u -> r b = 1 }.

  Lemma block_ok : forall F c h bv T r items l T', outer F T r ->
    (c_one c = true -> (exists b, c_bar c = Some b) /\ bv = 1) -> (c_bar c = None -> bv = 0) ->
    forallb (forward_operand (k_of T)) (c_args c) = true ->
    (forall z, c_res c = Some z -> PM.find z (k_of T) = Some Fwd) ->
    (forall b, c_bar c = Some b -> mem b (k_of T) = true /\ r b = bv) ->
    block D h c T items l = Ok T' ->
    outer F T' (exec_all K ev l r) /\
    forall x, cur (exec_all K ev l r) (bar_of T') x = cur r (bar_of T) x + owed F c bv items x.
  Proof.
    intros F c h bv T r items l T' O H1 H0 Ha Hr Hb E. unfold block in E. peel E. rename a into T1. peel E.
    destruct (asked T1) eqn:A; [|discriminate]. injection E as <-.
    apply (steps_ok F c h bv (fun x => cur r (bar_of T) x + owed F c bv items x) H1 H0 l _ r) in E0.
    - split; [constructor; [apply (v_bar _ _ _ _ _ _ E0)|apply (v_fwd _ _ _ _ _ _ E0)|apply (v_one _ _ _ _ _ _ E0)]|].
      intro x. rewrite <- (v_goal _ _ _ _ _ _ E0 x), A. cbn. ring.
    - constructor; cbn.
      + apply (o_bar _ _ _ O).
      + apply (o_fwd _ _ _ O).
      + apply (o_one _ _ _ O).
      + intros x f k Hx. rewrite PM.gempty in Hx. discriminate.
      + exact Ha.
      + exact Hr.
      + exact Hb.
      + intro x. rewrite owed_signed by exact H1. reflexivity.
  Qed.
End Sound.

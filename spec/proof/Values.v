(* The comparison of values is sound: what the checker takes for a term of a rule has that term's value. *)
From Coq Require Import String List QArith Ring PArith Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker.
Import ListNotations.
Open Scope list_scope.
Open Scope K_scope.

(* ---------- results ---------- *)

Lemma bind_ok : forall A B (r : result A) (f : A -> result B) b, bind r f = Ok b -> exists a, r = Ok a /\ f a = Ok b.
Proof. intros A B [a|w x] f b H; cbn in H; [eauto|discriminate]. Qed.
Lemma need_ok : forall b w x u, need b w x = Ok u -> b = true.
Proof. intros [] w x u H; [reflexivity|discriminate]. Qed.

Ltac peel H :=
  match type of H with
  | bind _ _ = Ok _ => let a := fresh "a" in let E := fresh "E" in apply bind_ok in H as (a & E & H);
      try (apply need_ok in E)
  end.

Section Values.
  Variable K : scalars.
  Add Ring K_ring : (ring_laws K).
  Variable ev : string -> list K -> K.
  Variable D : dictionary.
  Hypothesis sanity : sane K ev D.
  Notation env := (env K).
  Notation ov := (ov K).
  Notation teval := (teval K ev).

  Lemma op_eqb_ov : forall a b r, op_eqb a b = true -> ov r a = ov r b.
  Proof.
    intros [x|p] [y|q] r H; cbn in *; try discriminate.
    - apply Pos.eqb_eq in H. congruence.
    - apply (inj_eq K). apply Qeq_bool_eq. exact H.
  Qed.

  Lemma ops_eqb_ov : forall l k r, ops_eqb l k = true -> map (ov r) l = map (ov r) k.
  Proof.
    induction l; destruct k; cbn; intros r H; try discriminate; [reflexivity|].
    destruct (op_eqb a o) eqn:E; [|discriminate]. f_equal; auto using op_eqb_ov.
  Qed.

  (* ---------- the comparison of values ---------- *)

  Definition gval (r : env) (g : given) : K :=
    match g with GOp o => ov r o | GApp f l => ev f (map (ov r) l) end.
  Definition opt_val (r : env) (x : option positive) : K := match x with Some x => r x | None => 0 end.
  (* A term of the rule at a block's place. *)
  Definition tval (r : env) (c : ctx) (t : term) : K :=
    teval (map (ov r) (c_args c)) (opt_val r (c_res c)) (opt_val r (c_bar c)) t.

  Definition defs_hold (r : env) (d : defs) : Prop :=
    forall x f l, PM.find x d = Some (f, l) -> r x = ev f (map (ov r) l).
  Definition one_holds (r : env) (c : ctx) : Prop :=
    c_one c = true -> forall b, c_bar c = Some b -> r b = 1.

  Section At.
    Variables (r : env) (c : ctx) (d : defs).
    Hypothesis HD : defs_hold r d.
    Hypothesis HO : one_holds r c.

    Lemma unfold_val : forall o, gval r (unfold d o) = ov r o.
    Proof.
      intros [x|q]; cbn; [|reflexivity]. destruct (PM.find x d) as [[f l]|] eqn:E; cbn; [|reflexivity].
      symmetry. apply HD. exact E.
    Qed.

    Lemma is_bar_val : forall o, is_bar c o = true -> ov r o = opt_val r (c_bar c).
    Proof.
      intros [x|q] H; unfold is_bar in H; [|discriminate]. destruct (c_bar c); [|discriminate].
      apply Pos.eqb_eq in H. subst. reflexivity.
    Qed.

    Lemma is_one_val : forall o, is_one c o = true -> ov r o = 1.
    Proof.
      intros o H. unfold is_one in H. destruct (c_one c) eqn:E; [|discriminate].
      rewrite (is_bar_val o H). unfold is_bar in H. destruct o; [|discriminate].
      destruct (c_bar c) eqn:B; [|discriminate]. cbn. apply HO; assumption.
    Qed.

    Lemma strip_val : forall n g, gval r (strip n c d g) = gval r g.
    Proof.
      induction n; intros g; [reflexivity|]. cbn [strip].
      destruct g as [o|f [|a [|b [|e l]]]]; try reflexivity.
      destruct (String.eqb_spec f "*"); [subst|reflexivity].
      destruct (is_one c a) eqn:A.
      - rewrite IHn, unfold_val. cbn. rewrite (ev_mul _ _ _ sanity), (is_one_val a A). ring.
      - destruct (is_one c b) eqn:B; [|reflexivity].
        rewrite IHn, unfold_val. cbn. rewrite (ev_mul _ _ _ sanity), (is_one_val b B). ring.
    Qed.

    Lemma same_op_val : forall f g l, same_op f g = true -> ev f l = ev g l.
    Proof.
      intros f g l H. unfold same_op in H. destruct (String.eqb_spec f g); [congruence|].
      destruct (String.eqb_spec f "*"). { apply String.eqb_eq in H. subst. symmetry. apply (ev_mul0 _ _ _ sanity). }
      destruct (String.eqb_spec f "/"); [|discriminate]. apply String.eqb_eq in H. subst. symmetry. apply (ev_div0 _ _ _ sanity).
    Qed.

    Lemma commutes_val : forall f x y, commutes f = true -> ev f [x; y] = ev f [y; x].
    Proof.
      intros f x y H. unfold commutes in H. destruct (String.eqb_spec f "*").
      - subst. rewrite !(ev_mul _ _ _ sanity). ring.
      - apply String.eqb_eq in H. subst. rewrite !(ev_add _ _ _ sanity). ring.
    Qed.

    Lemma nth_ov : forall l k o, nth_error l k = Some o -> nth k (map (ov r) l) 0 = ov r o.
    Proof.
      induction l; intros [|k] o H; cbn in *; try discriminate; [congruence|auto].
    Qed.

    Lemma fold_val : forall t q, fold (c_args c) t = Some q -> tval r c t = inj q.
    Proof.
      unfold tval. induction t using term_ind'; intros q' E; cbn [fold] in E; try discriminate.
      - destruct (nth_error (c_args c) k) as [[x|p]|] eqn:N; try discriminate. injection E as <-.
        cbn. rewrite (nth_ov _ _ _ N). reflexivity.
      - injection E as <-. reflexivity.
      - injection E as <-. reflexivity.
      - destruct l as [|a [|b [|e l]]]; try discriminate.
        + destruct (String.eqb_spec f "neg"); [subst|discriminate]. inversion H; subst.
          destruct (fold (c_args c) a) as [p|] eqn:A; [|discriminate]. injection E as <-.
          cbn. rewrite (ev_neg _ _ _ sanity), (H2 p eq_refl), (inj_opp K). reflexivity.
        + inversion H; subst. inversion H3; subst.
          destruct (fold (c_args c) a) as [p|] eqn:A; [|discriminate].
          destruct (fold (c_args c) b) as [p'|] eqn:B; [|discriminate].
          cbn. rewrite (H2 p eq_refl), (H4 p' eq_refl).
          destruct (String.eqb_spec f "+"); [subst; injection E as <-; rewrite (ev_add _ _ _ sanity), (inj_add K); reflexivity|].
          destruct (String.eqb_spec f "-"); [subst; injection E as <-; rewrite (ev_sub _ _ _ sanity), (inj_sub K); reflexivity|].
          destruct (String.eqb_spec f "*"); [subst; injection E as <-; rewrite (ev_mul _ _ _ sanity), (inj_mul K); reflexivity|].
          destruct (String.eqb_spec f "/"); [subst|discriminate]. unfold q_zero in E.
          destruct (Qeq_bool p' 0) eqn:Z; [discriminate|]. injection E as <-.
          rewrite (ev_div _ _ _ sanity), (inj_div K); [reflexivity|]. apply Qeq_bool_neq. exact Z.
    Qed.

    Lemma term_is_bar_val : forall t, term_is_bar t = true -> tval r c t = opt_val r (c_bar c).
    Proof. intros []; cbn; intros; try discriminate. reflexivity. Qed.

    Lemma number_val : forall q g, (match g with GOp (Num p) => Qeq_bool q p | _ => false end) = true -> gval r g = inj q.
    Proof.
      intros q [[x|p]|f l] H; try discriminate. cbn. symmetry. apply (inj_eq K), Qeq_bool_eq, H.
    Qed.

    Lemma bar_one : c_one c = true -> forall b, c_bar c = Some b -> opt_val r (c_bar c) = 1.
    Proof. intros H b E. rewrite E. cbn. apply HO; auto. Qed.

    (* c_one is only set where there is a bar. *)
    Hypothesis HB : c_one c = true -> c_bar c <> None.
    Lemma bar_is_one : c_one c = true -> opt_val r (c_bar c) = 1.
    Proof. intro H. destruct (c_bar c) eqn:E; [|destruct (HB H eq_refl)]. cbn. apply HO; auto. Qed.

    Theorem same_val : forall t g, same c d t g = true -> gval r g = tval r c t.
    Proof.
      pose proof bar_is_one as B1.
      induction t using term_ind'; intros g E; rewrite <- (strip_val 4 g); cbn [same] in E; set (g' := strip 4 c d g) in *.
      - destruct (nth_error (c_args c) k) as [o|] eqn:N; [|discriminate]. destruct g' as [o'|]; [|discriminate].
        cbn. rewrite (nth_ov _ _ _ N). symmetry. apply op_eqb_ov. exact E.
      - destruct (c_res c) as [z|] eqn:Z; [|discriminate]. destruct g' as [[x|]|]; try discriminate.
        apply Pos.eqb_eq in E. unfold tval. rewrite Z. cbn. congruence.
      - destruct g' as [o|]; [|discriminate]. apply is_bar_val. exact E.
      - apply number_val. exact E.
      - apply number_val. exact E.
      - assert (Plain : forall (E : match fold (c_args c) (App f l) with
            | Some q => (match g' with GOp (Num p) => Qeq_bool q p | _ => false end)
            | None => match g' with
                | GApp f' l' => if same_op f f' then
                    if (fix all l l' := match l, l' with
                          | [], [] => true
                          | a :: l, o :: l' => if same c d a (unfold d o) then all l l' else false
                          | _, _ => false end) l l' then true
                    else match l, l' with
                      | [a; b], [a'; b'] => if commutes f then
                          if same c d a (unfold d b') then same c d b (unfold d a') else false else false
                      | _, _ => false end
                    else false
                | GOp _ => false end
            end = true), gval r g' = tval r c (App f l)).
        { clear E. intro E. destruct (fold (c_args c) (App f l)) as [q|] eqn:Fo.
          - rewrite (fold_val _ _ Fo). apply number_val. exact E.
          - destruct g' as [|f' l']; [discriminate|]. destruct (same_op f f') eqn:Sf; [|discriminate].
            match type of E with (if ?b then _ else _) = _ => destruct b eqn:Ea end.
            + change (gval r (GApp f' l')) with (ev f' (map (ov r) l')).
              change (tval r c (App f l)) with (ev f (map (tval r c) l)).
              rewrite <- (same_op_val _ _ _ Sf). f_equal.
              clear E Fo Sf f'. revert l' Ea. induction l as [|a l IHl]; intros [|o l'] Ea; try discriminate; [reflexivity|].
              inversion H; subst. cbn [map]. destruct (same c d a (unfold d o)) eqn:Sa; [|discriminate].
              f_equal; [rewrite <- (unfold_val o); auto|auto].
            + destruct l as [|a [|b [|e l]]]; try discriminate. destruct l' as [|a' [|b' [|e' l']]]; try discriminate.
              destruct (commutes f) eqn:Cf; [|discriminate].
              destruct (same c d a (unfold d b')) eqn:S1; [|discriminate].
              inversion H; subst. inversion H3; subst.
              apply H2 in S1. apply H4 in E. rewrite unfold_val in S1, E.
              change (ev f' [ov r a'; ov r b'] = ev f [tval r c a; tval r c b]).
              rewrite <- S1, <- E, <- (same_op_val _ _ _ Sf). apply commutes_val. exact Cf. }
        cbv zeta in E. destruct l as [|a [|b [|e l]]]; try (apply Plain; exact E).
        destruct (String.eqb_spec f "*"); [subst f|apply Plain; exact E].
        destruct (c_one c) eqn:C1; [|apply Plain; exact E].
        inversion H; subst. inversion H3; subst.
        change (tval r c (App "*" [a; b])) with (ev "*" [tval r c a; tval r c b]). rewrite (ev_mul _ _ _ sanity).
        destruct (term_is_bar a) eqn:Ba.
        { rewrite (term_is_bar_val _ Ba), (B1 eq_refl), <- (H4 _ E). ring. }
        destruct (term_is_bar b) eqn:Bb.
        { rewrite (term_is_bar_val _ Bb), (B1 eq_refl), <- (H2 _ E). ring. }
        rewrite <- (ev_mul _ _ _ sanity). apply Plain. exact E.
    Qed.
  End At.
End Values.

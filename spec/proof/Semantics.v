(* What programs and dumps compute over any scalars, and the pullback that the rules of a dictionary select. *)
From Coq Require Import String List QArith Ring PArith Bool.
From NadProof Require Import Term Syntax Omega Scalars.
Import ListNotations.
Open Scope list_scope.
Open Scope K_scope.

Section Meaning.
  Variable K : scalars.
  Add Ring K_ring : (ring_laws K).

Definition env := positive -> K.
Definition upd (r : env) (x : positive) (v : K) : env := fun y => if Pos.eqb y x then v else r y.

Lemma upd_same : forall r x v, upd r x v x = v.
Proof. intros. unfold upd. rewrite Pos.eqb_refl. reflexivity. Qed.
Lemma upd_other : forall r x v y, y <> x -> upd r x v y = r y.
Proof. intros. unfold upd. apply Pos.eqb_neq in H. rewrite H. reflexivity. Qed.

  (* What each operation means: any functions. Selections at kinks are part of the meaning of the primes. *)
  Variable ev : string -> list K -> K.

  Definition ov (r : env) (o : operand) : K := match o with Var x => r x | Num q => inj q end.

  Definition exec_stmt (r : env) (s : stmt) : env := upd r (s_var s) (ev (s_op s) (map (ov r) (s_args s))).
  Definition run (l : list stmt) (r : env) : env := fold_left exec_stmt l r.

  Definition exec (r : env) (d : dstmt) : env :=
    match d with
    | DApply s => exec_stmt r s
    | DSet x o => upd r x (ov r o)
    | DAdd x o => upd r x (r x + ov r o)
    | DSub x o => upd r x (r x - ov r o)
    end.
  Definition exec_all (l : list dstmt) (r : env) : env := fold_left exec l r.
  Definition exec_blocks (l : list (positive * list dstmt)) (r : env) : env := fold_left (fun r b => exec_all (snd b) r) l r.
  Definition run_dump (q : dump) (r : env) : env :=
    exec_blocks (q_blocks q) (exec_all (q_seeding q) (run (q_forward q) r)).

  (* A rule's term, from the operands' values, the result's and the bar's. *)
  Fixpoint teval (xs : list K) (z v : K) (t : term) : K :=
    match t with
    | Arg k => nth k xs 0
    | Res => z
    | Bar => v
    | Lit q => inj q
    | Const _ q => inj q
    | App f l => ev f (map (teval xs z v) l)
    end.

  Definition sign (negated : bool) : K := if negated then - (1) else 1.

  (* What a statement's contribution gives to its operand when the statement's bar is v. *)
  Definition given_by (F : env) (s : stmt) (v : K) (r : contribution) : K :=
    sign (negative r) * teval (map (ov F) (s_args s)) (F (s_var s)) v (amount r).

  Definition add_to (a : env) (o : option operand) (w : K) : env :=
    match o with Some (Var x) => upd a x (a x + w) | _ => a end.

  Definition rule_of (D : dictionary) (s : stmt) : list contribution :=
    match lookup D (s_op s) with Some e => e_rule e | None => [] end.

  (* One step of reverse mode on numbers: every operand's bar gets what the rule gives. *)
  Definition pull (D : dictionary) (F : env) (a : env) (s : stmt) : env :=
    fold_left (fun b r => add_to b (nth_error (s_args s) (target r)) (given_by F s (a (s_var s)) r)) (rule_of D s) a.

  Definition seeded (results : list operand) (seeds : list K) : env :=
    fold_left (fun a rs => add_to a (Some (fst rs)) (snd rs)) (combine results seeds) (fun _ => 0).

  (* The pullback of the seeds: the sweep over P's statements backwards, F the values that P computed. *)
  Definition pullback (D : dictionary) (p : program) (F : env) (seeds : list K) : env :=
    fold_left (pull D F) (rev (p_stmts p)) (seeded (p_results p) seeds).

  (* What the proofs ask of the meaning: the arithmetic that rules are put together with is arithmetic, and what the
     dictionary says is linear in its last operand is. *)
  Record sane (D : dictionary) : Prop := Sane
    { ev_add : forall x y, ev "+" [x; y] = x + y;
      ev_sub : forall x y, ev "-" [x; y] = x - y;
      ev_mul : forall x y, ev "*" [x; y] = x * y;
      ev_div : forall x y, ev "/" [x; y] = x / y;
      ev_neg : forall x, ev "neg" [x] = - x;
      ev_mul0 : forall l, ev "mul0" l = ev "*" l;
      ev_div0 : forall l, ev "div0" l = ev "/" l;
      ev_linear : forall f e, lookup D f = Some e -> e_linear e = true -> forall l v, ev f (l ++ [v]) = v * ev f (l ++ [1]) }.

  Section Linear.
    Variable D : dictionary.
    Hypothesis sanity : sane D.

    Lemma free_bar : forall t, free t = true -> forall xs z v w, teval xs z v t = teval xs z w t.
    Proof.
      induction t using term_ind'; cbn [free teval]; intros; try reflexivity; try discriminate.
      f_equal. apply map_ext_in. intros a Ha. rewrite Forall_forall in H. apply H; auto.
      rewrite forallb_forall in H0. auto.
    Qed.

    Lemma linear_bar : forall t, linear D t = true -> forall xs z v, teval xs z v t = v * teval xs z 1 t.
    Proof.
      induction t using term_ind'; cbn [linear]; intros HL xs z v; try discriminate; [cbn; ring|].
      cbn [teval]. destruct (match lookup D f with Some e => e_linear e | None => false end) eqn:E.
      - destruct (lookup D f) as [e|] eqn:El; [|discriminate].
        assert (KK : exists l1 a, l = l1 ++ [a] /\ forallb free l1 = true /\ linear D a = true).
        { clear H E El. revert HL. induction l as [|a [|b r] IH]; intro HL; [discriminate| |].
          - exists [], a. auto.
          - destruct (free a) eqn:Fa; [|discriminate]. destruct (IH HL) as (l1 & c & E1 & E2 & E3).
            exists (a :: l1), c. rewrite E1. cbn. rewrite Fa. auto. }
        destruct KK as (l1 & a & -> & Fl & La). rewrite !map_app. cbn [map].
        rewrite Forall_app in H. destruct H as [_ H]. inversion H; subst.
        rewrite (H2 La xs z v).
        rewrite (ev_linear _ sanity f e El E (map (teval xs z v) l1) (v * teval xs z 1 a)).
        rewrite (ev_linear _ sanity f e El E (map (teval xs z 1) l1) (teval xs z 1 a)).
        replace (map (teval xs z v) l1) with (map (teval xs z 1) l1); [ring|].
        apply map_ext_in. intros b Hb. apply free_bar. rewrite forallb_forall in Fl. auto.
      - destruct l as [|a [|b [|c r]]]; try discriminate.
        + destruct (String.eqb_spec f "neg"); [|discriminate]. subst. inversion H; subst. cbn [map].
          rewrite !(ev_neg _ sanity). rewrite (H2 HL xs z v). ring.
        + inversion H; subst. inversion H3; subst. cbn [map].
          destruct (String.eqb_spec f "+"); [subst|].
          { destruct (linear D a) eqn:La; [|discriminate]. rewrite !(ev_add _ sanity).
            rewrite (H2 eq_refl xs z v), (H4 HL xs z v). ring. }
          destruct (String.eqb_spec f "-"); [subst|].
          { destruct (linear D a) eqn:La; [|discriminate]. rewrite !(ev_sub _ sanity).
            rewrite (H2 eq_refl xs z v), (H4 HL xs z v). ring. }
          destruct (String.eqb_spec f "*"); [subst|].
          { rewrite !(ev_mul _ sanity). destruct (linear D a) eqn:La.
            - rewrite (H2 eq_refl xs z v), (free_bar b HL xs z v 1). ring.
            - destruct (free a) eqn:Fa; [|discriminate]. rewrite (H4 HL xs z v), (free_bar a Fa xs z v 1). ring. }
          destruct (String.eqb_spec f "/"); [subst|discriminate].
          { rewrite !(ev_div _ sanity). destruct (linear D a) eqn:La; [|discriminate].
            rewrite (H2 eq_refl xs z v), (free_bar b HL xs z v 1). apply (div_laws K). }
    Qed.

    Hypothesis rules_ok : dictionary_ok D = true.

    (* The coefficient of a contribution is the selected local derivative, and the contribution is linear in the bar. *)
    Lemma given_linear : forall F s v r, In r (rule_of D s) -> given_by F s v r = v * given_by F s 1 r.
    Proof.
      intros F s v r H. unfold given_by. rewrite linear_bar with (v := v); [ring|].
      unfold rule_of in H. destruct (lookup D (s_op s)) as [e|] eqn:E; [|destruct H].
      unfold lookup in E. apply find_some in E as [Hin _]. unfold dictionary_ok in rules_ok.
      rewrite forallb_forall in rules_ok. specialize (rules_ok e Hin). rewrite forallb_forall in rules_ok. auto.
    Qed.
  End Linear.
End Meaning.

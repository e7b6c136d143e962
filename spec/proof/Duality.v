(* The chain rule: for every choice of selected local derivatives the pullback is the transpose of the tangent program. *)
From Coq Require Import String List QArith Ring PArith Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound Sweep Certify.
Import ListNotations.
Open Scope list_scope.
Open Scope K_scope.

Section Duality.
  Variable K : scalars.
  Add Ring K_ring : (ring_laws K).
  Variable ev : string -> list K -> K.
  Variable D : dictionary.
  Hypothesis sanity : sane K ev D.
  Hypothesis rules_ok : dictionary_ok D = true.
  Notation env := (env K).
  Notation given_by := (given_by K ev).

  (* A tangent's entry: constants do not move. *)
  Definition tv (t : env) (o : option operand) : K := match o with Some (Var x) => t x | _ => 0 end.

  (* The selected local derivatives of s, each with its operand, applied to a tangent. *)
  Fixpoint along (F : env) (s : stmt) (rule : list contribution) (t : env) : K :=
    match rule with
    | [] => 0
    | r :: rule => given_by F s 1 r * tv t (nth_error (s_args s) (target r)) + along F s rule t
    end.

  (* The tangent program: forward mode on numbers. *)
  Definition push (F : env) (t : env) (s : stmt) : env := upd K t (s_var s) (along F s (rule_of D s) t).
  Definition tangent (F : env) (l : list stmt) (t : env) : env := fold_left (push F) l t.

  Fixpoint dot (l : list positive) (a t : env) : K := match l with [] => 0 | x :: l => a x * t x + dot l a t end.

  (* Single assignment: what is read is there, what is written is new. The newest variable stands first. *)
  Fixpoint single (l : list positive) (p : list stmt) : Prop :=
    match p with
    | [] => True
    | s :: p => (forall x, In (Var x) (s_args s) -> In x l) /\ ~ In (s_var s) l /\ single (s_var s :: l) p
    end.

  Lemma along_ext : forall F s t u, (forall x, In (Var x) (s_args s) -> t x = u x) -> forall rule, along F s rule t = along F s rule u.
  Proof.
    intros F s t u H. induction rule as [|r rule IH]; cbn; [reflexivity|]. rewrite IH. f_equal. f_equal.
    destruct (nth_error (s_args s) (target r)) as [[x|q]|] eqn:E; cbn; try reflexivity. apply H. eapply nth_error_In; eauto.
  Qed.

  Lemma dot_out : forall l a t x w, ~ In x l -> dot l (upd K a x w) t = dot l a t.
  Proof.
    induction l as [|y l IH]; intros a t x w N; cbn; [reflexivity|]. rewrite IH by (intro; apply N; right; assumption).
    rewrite upd_other; [reflexivity|]. intros ->. apply N. left. reflexivity.
  Qed.

  Lemma dot_in : forall l a t x d, NoDup l -> In x l -> dot l (upd K a x (a x + d)) t = dot l a t + d * t x.
  Proof.
    induction l as [|y l IH]; intros a t x d ND I; [destruct I|]. inversion ND; subst. cbn. destruct I as [->|I].
    - rewrite dot_out by assumption. rewrite upd_same. ring.
    - rewrite IH by assumption. rewrite upd_other; [ring|]. intros ->. contradiction.
  Qed.

  Lemma dot_pull : forall F s v l t, NoDup l -> (forall x, In (Var x) (s_args s) -> In x l) ->
    forall rule, (forall r, In r rule -> In r (rule_of D s)) -> forall a,
    dot l (fold_left (fun b r => add_to K b (nth_error (s_args s) (target r)) (given_by F s v r)) rule a) t
    = dot l a t + v * along F s rule t.
  Proof.
    intros F s v l t ND W. induction rule as [|r rule IH]; intros R a; cbn; [ring|].
    rewrite IH by (intros; apply R; right; assumption).
    rewrite (given_linear K ev D sanity rules_ok F s v r) by (apply R; left; reflexivity).
    destruct (nth_error (s_args s) (target r)) as [[x|q]|] eqn:E; cbn; try ring.
    rewrite dot_in; [ring|assumption|]. apply W. eapply nth_error_In; eauto.
  Qed.

  Lemma tangent_kept : forall F p l t x, single l p -> In x l -> tangent F p t x = t x.
  Proof.
    induction p as [|s p IH]; intros l t x S I; [reflexivity|]. destruct S as (R & N & S).
    unfold tangent in *. cbn. rewrite (IH _ _ _ S) by (right; exact I). apply upd_other. intros ->. contradiction.
  Qed.

  (* The sweep's inner product with the tangents does not change; what is swept leaves it. *)
  Theorem sweep_duality : forall F p l t a, NoDup l -> single l p ->
    dot l (fold_left (pull K ev D F) (rev p) a) t
    = dot (rev (map s_var p) ++ l) a (tangent F p t).
  Proof.
    intros F. induction p as [|s p IH]; intros l t a ND S; [reflexivity|]. destruct S as (R & N & S).
    cbn [rev map]. rewrite fold_left_app. cbn [fold_left].
    set (a' := fold_left (pull K ev D F) (rev p) a).
    unfold pull at 1. rewrite dot_pull by auto.
    specialize (IH (s_var s :: l) (push F t s) a (NoDup_cons _ N ND) S). fold a' in IH. cbn [dot] in IH.
    rewrite <- app_assoc. cbn [app]. unfold tangent. cbn [fold_left].
    change (fold_left (push F) p (push F t s)) with (tangent F p (push F t s)). rewrite <- IH.
    unfold push at 1. rewrite upd_same.
    assert (E : dot l a' (push F t s) = dot l a' t).
    { clear - N. induction l as [|y l IHl]; [reflexivity|]. cbn. rewrite IHl by (intro; apply N; right; assumption).
      unfold push. rewrite upd_other; [reflexivity|]. intros ->. apply N. left. reflexivity. }
    rewrite E. ring.
  Qed.

  (* seeds times the results' tangents *)
  Fixpoint seeds_dot (rs : list operand) (seeds : list K) (t : env) : K :=
    match rs, seeds with o :: rs, w :: seeds => w * tv t (Some o) + seeds_dot rs seeds t | _, _ => 0 end.

  Lemma seeded_dot : forall l t, NoDup l -> forall rs seeds a, (forall x, In (Var x) rs -> In x l) ->
    dot l (fold_left (fun a rs => add_to K a (Some (fst rs)) (snd rs)) (combine rs seeds) a) t = dot l a t + seeds_dot rs seeds t.
  Proof.
    intros l t ND. induction rs as [|o rs IH]; intros seeds a W; [cbn; ring|]. destruct seeds as [|w seeds]; [cbn; ring|].
    cbn [combine fold_left fst snd seeds_dot]. rewrite IH by (intros; apply W; right; assumption).
    destruct o as [x|q]; cbn; [|ring]. rewrite dot_in; [ring|assumption|]. apply W. left. reflexivity.
  Qed.

  Lemma dot_zero : forall l t, dot l (fun _ => 0) t = 0.
  Proof. induction l; intros; cbn; [reflexivity|]. rewrite IHl. ring. Qed.

  Lemma single_nodup : forall p l, NoDup l -> single l p -> NoDup (rev (map s_var p) ++ l).
  Proof.
    induction p as [|s p IH]; intros l ND S; [exact ND|]. destruct S as (R & N & S). cbn. rewrite <- app_assoc. cbn.
    apply IH; [constructor; assumption|exact S].
  Qed.

  (* <pullback of the seeds, t> = <seeds, tangent of t>, over the parameters. *)
  Theorem duality : forall p F seeds t, let l := rev (map fst (p_params p)) in
    NoDup l -> single l (p_stmts p) -> (forall x, In (Var x) (p_results p) -> In x (rev (map s_var (p_stmts p)) ++ l)) ->
    dot l (pullback K ev D p F seeds) t = seeds_dot (p_results p) seeds (tangent F (p_stmts p) t).
  Proof.
    intros p F seeds t l ND S W. unfold pullback. rewrite sweep_duality by assumption.
    unfold seeded. rewrite seeded_dot by auto using single_nodup. rewrite dot_zero. ring.
  Qed.

  (* The checker's own test of P's form gives single assignment. *)
  Lemma well_formed_single : forall p k k' l, (forall x, mem x k = true <-> In x l) -> well_formed D k p = Ok k' ->
    single l p /\ forall x, mem x k' = true <-> In x (rev (map s_var p) ++ l).
  Proof.
    induction p as [|s p IH]; intros k k' l H E; cbn in E; [injection E as <-; split; [exact I|exact H]|].
    peel E. apply negb_true_iff in E0. peel E. rename E1 into R. peel E.
    assert (H' : forall x, mem x (PM.add (s_var s) Fwd k) = true <-> In x (s_var s :: l)).
    { intro x. unfold mem. rewrite find_add. destruct (Pos.eqb_spec x (s_var s)).
      - subst. cbn. tauto.
      - fold (mem x k). rewrite H. cbn. intuition congruence. }
    destruct (IH _ _ _ H' E) as [S L]. split.
    - split; [|split; [|exact S]].
      + intros x Hx. rewrite forallb_forall in R. apply R in Hx. apply H. exact Hx.
      + rewrite <- H. rewrite E0. discriminate.
    - intro x. rewrite L. cbn. rewrite <- app_assoc. reflexivity.
  Qed.

  Lemma declare_nodup : forall l k k' m, (forall x, mem x k = true <-> In x m) -> NoDup m -> declare k l = Ok k' ->
    NoDup (rev l ++ m) /\ forall x, mem x k' = true <-> In x (rev l ++ m).
  Proof.
    induction l as [|y l IH]; intros k k' m H ND E; cbn in E; [injection E as <-; split; assumption|]. peel E.
    apply negb_true_iff in E0.
    assert (H' : forall x, mem x (PM.add y Fwd k) = true <-> In x (y :: m)).
    { intro x. unfold mem. rewrite find_add. destruct (Pos.eqb_spec x y).
      - subst. cbn. tauto.
      - fold (mem x k). rewrite H. cbn. intuition congruence. }
    assert (ND' : NoDup (y :: m)) by (constructor; [rewrite <- H, E0; discriminate|exact ND]).
    destruct (IH _ _ _ H' ND' E) as [A B]. cbn. rewrite <- app_assoc. split; assumption.
  Qed.
End Duality.

(* What the checker accepts obeys the chain rule: the inner product of the computed pullback with any tangent of the parameters
   is that of the seeds with the results' tangents. *)
Theorem certify_duality : forall (K : scalars) (ev : string -> list K -> K) (D : dictionary), sane K ev D ->
  forall c p q, certify D c p q = true -> forall F seeds t,
  dot K (rev (map fst (p_params p))) (pullback K ev D p F seeds) t
  = seeds_dot K (p_results p) seeds (tangent K ev D F (p_stmts p) t).
Proof.
  intros K ev D sanity c p q H F seeds t. unfold certify in H. destruct (judge D c p q) eqn:E; [|discriminate].
  unfold judge in E. peel E. rename E0 into V. clear E H. unfold certify_values in V.
  peel V. rename E into Ok1. peel V. rename E into E0. peel V. rename E into E1. peel V. rename E into Res. clear V.
  assert (H0 : forall x : positive, mem x (PM.empty kind) = true <-> In x []).
  { intro x. unfold mem. rewrite PM.gempty. cbn. split; [discriminate|tauto]. }
  destruct (declare_nodup _ _ _ _ H0 (NoDup_nil _) E0) as [ND M]. rewrite app_nil_r in ND.
  assert (M' : forall x, mem x a2 = true <-> In x (rev (map fst (p_params p)))) by (intro x; rewrite M, app_nil_r; reflexivity).
  destruct (well_formed_single D _ _ _ _ M' E1) as [S L].
  apply duality; auto. intros x Hx. rewrite forallb_forall in Res. apply Res in Hx. apply L. exact Hx.
Qed.

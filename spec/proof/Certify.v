(* The checker that is extracted, and what follows when it says yes: values, pullback and bound. *)
From Coq Require Import String List QArith PArith Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound Sweep.
Import ListNotations.
Open Scope list_scope.
Open Scope Q_scope.

(* ---------- declared functions ---------- *)

From Coq Require Import DecimalString Decimal.

Definition number (k : nat) : string := NilEmpty.string_of_uint (Nat.to_uint k).

(* A declared function's rule: x_k_bar += f'k(x, ..; v), or f' where it has one parameter. Its primes are linear in v. *)
Definition declared (f : string) (n : nat) : list entry :=
  let prime k := (f ++ "'" ++ (if Nat.eqb n 1 then EmptyString else number (S k)))%string in
  let xs := map Arg (seq 0 n) in
  Entry f n [] false (map (fun k => Gives k (App (prime k) (xs ++ [Bar]))) (seq 0 n))
  :: map (fun k => Entry (prime k) (S n) [] true []) (seq 0 n).

Definition with_declared (D : dictionary) (l : list (string * nat)) : dictionary :=
  D ++ flat_map (fun fn => declared (fst fn) (snd fn)) l.

(* ---------- prices ---------- *)

Definition priced (c : prices) (f : string) : bool :=
  match c f with Some (a, b) => if Qle_bool 0 a then Qle_bool 0 b else false | None => false end.

Definition priced_dstmt (c : prices) (d : dstmt) : bool := match d with DApply s => priced c (s_op s) | _ => true end.

Fixpoint first_that {A} (f : A -> bool) (l : list A) : option A :=
  match l with [] => None | a :: r => if f a then Some a else first_that f r end.

Definition all_priced (c : prices) (l : list dstmt) : result unit :=
  match first_that (fun d => negb (priced_dstmt c d)) l with
  | Some d => Bad "an operation without a price" (dtarget d) | None => Ok tt end.

Definition all_priced_stmts (c : prices) (l : list stmt) : result unit :=
  match first_that (fun s => negb (priced c (s_op s))) l with
  | Some s => Bad "an operation without a price" (s_var s) | None => Ok tt end.

Fixpoint all_priced_blocks (c : prices) (l : list (positive * list dstmt)) : result unit :=
  match l with [] => Ok tt | b :: r => let* _ := all_priced c (snd b) in all_priced_blocks c r end.

(* ---------- omega of a program ---------- *)

Definition qmax (a b : Q) : Q := if Qle_bool a b then b else a.

Definition omega_step (D : dictionary) (c : prices) (st : PM.t unit * Q) (s : stmt) : PM.t unit * Q :=
  let (dep, w) := st in (mark dep (s_var s) (s_args s), qmax w (omega_stmt D c dep s)).

Definition omega_program (D : dictionary) (c : prices) (p : program) : Q :=
  snd (fold_left (omega_step D c) (p_stmts p) (start (p_params p), 1)).

(* A statement that costs nothing while its block in full costs something has no omega. *)
Definition no_omega (D : dictionary) (c : prices) (dep : PM.t unit) (s : stmt) : bool :=
  match lookup D (s_op s) with
  | None => false
  | Some e => if Qle_bool (cost_apply D c dep s) 0
      then negb (Qle_bool (block_cost D c (nth_constant dep (s_args s)) (first_of (s_args s)) (e_rule e)) 0) else false
  end.

Fixpoint all_omega (D : dictionary) (c : prices) (dep : PM.t unit) (l : list stmt) : result unit :=
  match l with
  | [] => Ok tt
  | s :: r => let* _ := need (negb (no_omega D c dep s)) "an operation that costs nothing and whose adjoint block costs something" (s_var s) in
      all_omega D c (mark dep (s_var s) (s_args s)) r
  end.

(* ---------- the checker ---------- *)

Record verdict : Type := Verdict { cost_p : Q; cost_q : Q; omega : Q; bound : Q }.

Definition seed_additions (c : prices) (p : program) (q : dump) : Q :=
  match q_seeds q with [] => 0 | _ => price_plus c * (Z.of_nat (List.length (p_results p)) # 1) end.

Definition judge (D : dictionary) (c : prices) (p : program) (q : dump) : result verdict :=
  let* _ := certify_values D p q in
  let* _ := need (if priced c "+" then priced c "-" else false) "no price for + or -" xH in
  let* _ := all_priced_stmts c (p_stmts p) in
  let* _ := all_priced c (q_seeding q) in
  let* _ := all_priced_blocks c (q_blocks q) in
  let* _ := all_omega D c (start (p_params p)) (p_stmts p) in
  let costp := cost_program D c p in
  let costq := cost_dump D c q in
  let w := omega_program D c p in
  let b := w * costp + seed_additions c p q in
  let* _ := need (Qle_bool costq b) "the dump costs more than the bound" xH in
  Ok (Verdict costp costq w b).

Definition certify (D : dictionary) (c : prices) (p : program) (q : dump) : bool :=
  match judge D c p q with Ok _ => true | Bad _ _ => false end.

Theorem certify_sound : forall (K : scalars) (ev : string -> list K -> K) (D : dictionary), sane K ev D ->
  forall c p q, certify D c p q = true ->
  (* q computes p's results and the pullback of the seeds by the dictionary's rules *)
  (forall r : env K,
    map (ov K (run_dump K ev q r)) (q_results q)
    = map (ov K (run K ev (p_stmts p) r)) (p_results p)
      ++ map (pullback K ev D p (run K ev (p_stmts p) r) (seeds_of K q r)) (differentiated (p_params p)))
  (* and costs at most omega times what p costs, and an addition for each seed where there are seeds *)
  /\ cost_dump D c q <= omega_program D c p * cost_program D c p + seed_additions c p q.
Proof.
  intros K ev D sanity c p q H. unfold certify in H. destruct (judge D c p q) as [v|] eqn:E; [clear H|discriminate].
  unfold judge in E. peel E. rename E0 into Ev. peel E. peel E. peel E. peel E. peel E. peel E.
  split.
  - intro r. apply (values_sound K ev D sanity) with (u := a); [|exact Ev].
    unfold certify_values in Ev. peel Ev. assumption.
  - apply Qle_bool_iff. assumption.
Qed.

(* One scalar result: the seed is 1, so what is computed is the gradient. *)
Corollary certify_gradient : forall (K : scalars) (ev : string -> list K -> K) (D : dictionary), sane K ev D ->
  forall c p q, certify D c p q = true -> q_seeds q = [] ->
  (forall r : env K,
    map (ov K (run_dump K ev q r)) (q_results q)
    = map (ov K (run K ev (p_stmts p) r)) (p_results p)
      ++ map (pullback K ev D p (run K ev (p_stmts p) r) [one]) (differentiated (p_params p)))
  /\ cost_dump D c q <= omega_program D c p * cost_program D c p.
Proof.
  intros K ev D sanity c p q H S. destruct (certify_sound K ev D sanity c p q H) as [V B]. split.
  - intro r. rewrite (V r). unfold seeds_of, seed_operands. rewrite S. cbn [map ov]. rewrite (inj_1 K). reflexivity.
  - unfold seed_additions in B. rewrite S in B. rewrite Qplus_0_r in B. exact B.
Qed.

(* ---------- two texts ---------- *)

(* What a text says before its statements: the functions that it declares and the selections at kinks. *)
Definition header := list string.

Fixpoint same_header (a b : header) : bool :=
  match a, b with
  | [], [] => true
  | x :: a, y :: b => if String.eqb x y then same_header a b else false
  | _, _ => false end.

Definition judge_texts (D : dictionary) (l : list (string * nat)) (c : prices) (hp hq : header) (p : program) (q : dump) : result verdict :=
  let* _ := need (same_header hp hq) "other declarations or selections than P's" xH in
  judge (with_declared D l) c p q.

(* Operations may mean what the headers say. *)
Theorem judge_texts_sound : forall (K : scalars) (ev : header -> string -> list K -> K) D l c hp hq p q v,
  sane K (ev hp) (with_declared D l) ->
  judge_texts D l c hp hq p q = Ok v ->
  (forall r : env K,
    map (ov K (run_dump K (ev hq) q r)) (q_results q)
    = map (ov K (run K (ev hp) (p_stmts p) r)) (p_results p)
      ++ map (pullback K (ev hp) (with_declared D l) p (run K (ev hp) (p_stmts p) r) (seeds_of K q r)) (differentiated (p_params p)))
  /\ cost_q v = cost_dump (with_declared D l) c q /\ cost_p v = cost_program (with_declared D l) c p
  /\ omega v = omega_program (with_declared D l) c p
  /\ cost_q v <= omega v * cost_p v + seed_additions c p q.
Proof.
  intros K ev D l c hp hq p q v sanity E. unfold judge_texts in E. peel E. rename E0 into Eh.
  assert (hp = hq).
  { clear - Eh. revert hq Eh. induction hp as [|x hp IH]; intros [|y hq] E; cbn in E; try discriminate; [reflexivity|].
    destruct (String.eqb_spec x y); [|discriminate]. f_equal; auto. }
  subst hq.
  assert (C : certify (with_declared D l) c p q = true) by (unfold certify; rewrite E; reflexivity).
  destruct (certify_sound K (ev hp) (with_declared D l) sanity c p q C) as [V B]. split; [exact V|].
  unfold judge in E. peel E. peel E. peel E. peel E. peel E. peel E. peel E. injection E as <-. cbn. auto.
Qed.

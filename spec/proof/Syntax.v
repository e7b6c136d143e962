(* Flat straight-line programs, and the dumps that are to be their backprop: the text without its spelling. *)
From Coq Require Import List String QArith PArith FMapPositive.
From NadProof Require Import Term.
Import ListNotations.
Module PM := PositiveMap.

Inductive operand : Type := Var (x : positive) | Num (q : Q).

(* s_var = s_op (s_args) *)
Record stmt : Type := Stmt { s_var : positive; s_op : string; s_args : list operand }.

(* p_params: the scalars that a program is given, true where it is differentiated by them. *)
Record program : Type := Program
  { p_params : list (positive * bool); p_stmts : list stmt; p_results : list operand }.

(* A dump's statements behind the forward ones: a value, a copy, an addition to, a subtraction from. *)
Inductive dstmt : Type :=
| DApply (s : stmt) | DSet (x : positive) (o : operand) | DAdd (x : positive) (o : operand) | DSub (x : positive) (o : operand).

Record dump : Type := Dump
  { q_params : list (positive * bool); q_seeds : list positive; q_forward : list stmt; q_seeding : list dstmt;
    q_blocks : list (positive * list dstmt); q_results : list operand }.

Definition dtarget (d : dstmt) : positive :=
  match d with DApply s => s_var s | DSet x _ => x | DAdd x _ => x | DSub x _ => x end.
Definition dreads (d : dstmt) : list operand :=
  match d with DApply s => s_args s | DSet _ o => [o] | DAdd _ o => [o] | DSub _ o => [o] end.

Definition mem {A} (x : positive) (s : PM.t A) : bool := match PM.find x s with Some _ => true | None => false end.

(* ---------- what a program costs ---------- *)

(* name, price, price by a constant *)
Definition prices := string -> option (Q * Q).

Open Scope Q_scope.

(* Sums of prices: the same denominator stays. *)
Definition qadd (a b : Q) : Q :=
  if Pos.eqb (Qden a) (Qden b) then (Qnum a + Qnum b)%Z # Qden a else Qred (a + b).

Lemma qadd_eq : forall a b, qadd a b == a + b.
Proof.
  intros [a d] [b e]. unfold qadd. cbn [Qden Qnum]. destruct (Pos.eqb_spec d e).
  - subst. unfold Qeq, Qplus. cbn. rewrite Pos2Z.inj_mul. ring.
  - apply Qred_correct.
Qed.

Definition price_plus (c : prices) := match c "+"%string with Some (a, _) => a | None => 0 end.
Definition price_minus (c : prices) := match c "-"%string with Some (a, _) => a | None => 0 end.

(* A set of variables that depend on a parameter. *)
Definition depends (dep : PM.t unit) (o : operand) : bool := match o with Var x => mem x dep | Num _ => false end.

Definition by_constant (e : entry) (constant : nat -> bool) : bool := existsb constant (e_byconst e).

Definition nth_constant (dep : PM.t unit) (l : list operand) (k : nat) : bool :=
  match nth_error l k with Some o => negb (depends dep o) | None => false end.

Definition cost_apply (D : dictionary) (c : prices) (dep : PM.t unit) (s : stmt) : Q :=
  match c (s_op s) with
  | None => 0
  | Some (a, b) => match lookup D (s_op s) with
      | Some e => if by_constant e (nth_constant dep (s_args s)) then b else a
      | None => a end
  end.

Definition mark (dep : PM.t unit) (x : positive) (l : list operand) : PM.t unit :=
  if existsb (depends dep) l then PM.add x tt dep else dep.

Definition cost_dstmt (D : dictionary) (c : prices) (dep : PM.t unit) (d : dstmt) : Q :=
  match d with
  | DApply s => cost_apply D c dep s
  | DSet _ _ => 0
  | DAdd _ _ => price_plus c
  | DSub _ _ => price_minus c
  end.

Definition cost_step (D : dictionary) (c : prices) (st : PM.t unit * Q) (d : dstmt) : PM.t unit * Q :=
  let (dep, q) := st in (mark dep (dtarget d) (dreads d), qadd q (cost_dstmt D c dep d)).

Definition cost_dstmts D c (st : PM.t unit * Q) (l : list dstmt) : PM.t unit * Q := fold_left (cost_step D c) l st.

Definition cost_stmts D c (st : PM.t unit * Q) (l : list stmt) : PM.t unit * Q :=
  fold_left (fun st s => cost_step D c st (DApply s)) l st.

Definition start (l : list (positive * bool)) : PM.t unit := fold_left (fun m x => PM.add (fst x) tt m) l (PM.empty unit).

Definition cost_program (D : dictionary) (c : prices) (p : program) : Q :=
  snd (cost_stmts D c (start (p_params p), 0) (p_stmts p)).

Definition cost_blocks D c (st : PM.t unit * Q) (l : list (positive * list dstmt)) : PM.t unit * Q :=
  fold_left (fun st b => cost_dstmts D c st (snd b)) l st.

(* A seed is no constant: a product with one costs what a product of two dependent values costs. *)
Definition cost_dump (D : dictionary) (c : prices) (q : dump) : Q :=
  snd (cost_blocks D c (cost_dstmts D c (cost_stmts D c (start (q_params q ++ map (fun x => (x, true)) (q_seeds q)), 0) (q_forward q)) (q_seeding q)) (q_blocks q)).

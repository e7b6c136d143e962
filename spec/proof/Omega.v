(* [omega]: what an operation and its adjoint block in full cost, over what the operation costs. *)
From Coq Require Import List String QArith PArith Bool.
From NadProof Require Import Term Syntax.
Import ListNotations.
Open Scope list_scope.

(* ---------- rules that are linear in the bar ---------- *)

(* The term does not contain the bar. *)
Fixpoint free (t : term) : bool :=
  match t with Bar => false | App _ l => forallb free l | _ => true end.

Fixpoint linear (D : dictionary) (t : term) : bool :=
  match t with
  | Bar => true
  | App f l =>
      if (match lookup D f with Some e => e_linear e | None => false end) then
        (* linear in its last operand, the others without the bar *)
        (fix last l := match l with
          | [] => false
          | [a] => linear D a
          | a :: r => if free a then last r else false end) l
      else match l with
        | [a] => if String.eqb f "neg" then linear D a else false
        | [a; b] =>
            if String.eqb f "+" then if linear D a then linear D b else false
            else if String.eqb f "-" then if linear D a then linear D b else false
            else if String.eqb f "*" then
              if linear D a then free b else if free a then linear D b else false
            else if String.eqb f "/" then if linear D a then free b else false
            else false
        | _ => false end
  | _ => false
  end.

Definition dictionary_ok (D : dictionary) : bool :=
  forallb (fun e => forallb (fun c => linear D (amount c)) (e_rule e)) D.

(* ---------- costs of rules ---------- *)

Fixpoint term_eqb (s t : term) : bool :=
  match s, t with
  | Arg j, Arg k => Nat.eqb j k
  | Res, Res => true
  | Bar, Bar => true
  | Lit p, Lit q => Qeq_bool p q
  | Const a p, Const b q => String.eqb a b && Qeq_bool p q
  | App f l, App g r => if String.eqb f g then
      (fix all l r := match l, r with
        | [], [] => true
        | a :: l, b :: r => if term_eqb a b then all l r else false
        | _, _ => false end) l r else false
  | _, _ => false
  end.

(* Equal operands under the name of the first. *)
Fixpoint rename (first : nat -> nat) (t : term) : term :=
  match t with Arg k => Arg (first k) | App f l => App f (map (rename first) l) | _ => t end.

Section Costs.
  Variable D : dictionary.
  Variable c : prices.
  Variable constant : nat -> bool.
  Open Scope Q_scope.

  Fixpoint constant_term (t : term) : bool :=
    match t with
    | Arg k => constant k | Lit _ => true | Const _ _ => true
    | App _ l => forallb constant_term l | _ => false
    end.

  Definition price_of (f : string) (l : list term) : Q :=
    match c f with
    | None => 0
    | Some (a, b) => match lookup D f with
        | Some e => if by_constant e (fun k => match nth_error l k with Some t => constant_term t | None => false end) then b else a
        | None => a end
    end.

  (* The applications in a term that were not met yet, each once. *)
  Fixpoint cost_term (t : term) (st : Q * list term) {struct t} : Q * list term :=
    match t with
    | App f l =>
        let (q, seen) := st in
        if existsb (term_eqb t) seen then st
        else if constant_term t then st
        else let (q, seen) := (fix go l st := match l with [] => st | a :: r => go r (cost_term a st) end) l (q, t :: seen)
             in (qadd q (price_of f l), seen)
    | _ => st
    end.

  (* A contribution costs its term and one accumulation, the dearer of the two where it is negated. *)
  Definition accumulation (negated : bool) : Q :=
    if negated then if Qle_bool (price_plus c) (price_minus c) then price_minus c else price_plus c else price_plus c.

  Definition cost_contribution (first : nat -> nat) (st : Q * list term) (r : contribution) : Q * list term :=
    if constant (target r) then st
    else let (q, seen) := cost_term (rename first (amount r)) st in (qadd q (accumulation (negative r)), seen).

  Definition block_cost (first : nat -> nat) (rule : list contribution) : Q :=
    fst (fold_left (cost_contribution first) rule (0, [])).
End Costs.

Open Scope Q_scope.

Definition ratio (cost block : Q) : Q :=
  if Qle_bool cost 0 then 1 else Qred ((cost + block) / cost).

(* omega of an entry, no operand constant, all different. *)
Definition omega_entry (D : dictionary) (c : prices) (e : entry) : Q :=
  ratio (match c (e_name e) with Some (a, _) => a | None => 0 end)
    (block_cost D c (fun _ => false) (fun k => k) (e_rule e)).

(* The first operand that is the same variable. *)
Fixpoint position (x : positive) (n : nat) (l : list operand) : nat :=
  match l with
  | [] => n
  | Var y :: r => if Pos.eqb x y then n else position x (S n) r
  | Num _ :: r => position x (S n) r
  end.
Definition first_of (l : list operand) (k : nat) : nat :=
  match nth_error l k with Some (Var x) => position x 0 l | _ => k end.

(* omega of a statement: constants and equal operands are taken into account. *)
Definition omega_stmt (D : dictionary) (c : prices) (dep : PM.t unit) (s : stmt) : Q :=
  match lookup D (s_op s) with
  | None => 1
  | Some e => ratio (cost_apply D c dep s)
      (block_cost D c (nth_constant dep (s_args s)) (first_of (s_args s)) (e_rule e))
  end.

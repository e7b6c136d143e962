(* The types of a dictionary: terms, contributions, entries. Dictionary.v, which NAD writes, is data of these types. *)
From Coq Require Import List String QArith.
Import ListNotations.

(* A term of an adjoint rule of z = g(x_0, x_1, ...). *)
Inductive term : Type :=
| Arg (k : nat)                      (* the operand x_k *)
| Res                                (* the result z *)
| Bar                                (* the adjoint of z *)
| Lit (q : Q)                        (* a rational constant *)
| Const (name : string) (q : Q)      (* an irrational constant and the float64 number that stands for it *)
| App (f : string) (args : list term).

(* x_k_bar += t, x_k_bar -= t *)
Inductive contribution : Type := Gives (k : nat) (t : term) | Takes (k : nat) (t : term).

Definition target (c : contribution) : nat := match c with Gives k _ => k | Takes k _ => k end.
Definition negative (c : contribution) : bool := match c with Gives _ _ => false | Takes _ _ => true end.
Definition amount (c : contribution) : term := match c with Gives _ t => t | Takes _ t => t end.

(* e_byconst: the operands that, where they depend on no parameter, make the operation have its other price.
   e_linear: the operation is linear in its last operand. e_rule: [] where there is no rule. *)
Record entry : Type := Entry
  { e_name : string; e_arity : nat; e_byconst : list nat; e_linear : bool; e_rule : list contribution }.

Definition dictionary := list entry.

Definition lookup (D : dictionary) (f : string) : option entry := find (fun e => String.eqb f (e_name e)) D.

Section Induction.
  Variable P : term -> Prop.
  Hypothesis HArg : forall k, P (Arg k).
  Hypothesis HRes : P Res.
  Hypothesis HBar : P Bar.
  Hypothesis HLit : forall q, P (Lit q).
  Hypothesis HConst : forall n q, P (Const n q).
  Hypothesis HApp : forall f l, Forall P l -> P (App f l).
  Fixpoint term_ind' (t : term) : P t :=
    match t with
    | Arg k => HArg k | Res => HRes | Bar => HBar | Lit q => HLit q | Const n q => HConst n q
    | App f l => HApp f l ((fix go (l : list term) : Forall P l :=
        match l with [] => Forall_nil P | t :: r => Forall_cons t (term_ind' t) (go r) end) l)
    end.
End Induction.

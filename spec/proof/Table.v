(* The table of omega, by computation: what NAD's code computes for its dictionary is what the definition says. *)
From Coq Require Import List String QArith Bool.
From NadProof Require Import Term Syntax Omega Dictionary.
Import ListNotations.
Open Scope list_scope.
Open Scope Q_scope.

Definition prices_of (l : list (string * (Q * Q))) : prices :=
  fun f => match find (fun e => String.eqb f (fst e)) l with Some (_, p) => Some p | None => None end.

Definition unit_model := prices_of (unit_prices).
Definition multiplicative_model := prices_of multiplicative_prices.
Definition weighted_model := prices_of weighted_prices.

(* Every set of operands that may be constants, and every way in which operands may be the same variable. *)
Fixpoint subsets (n : nat) : list (nat -> bool) :=
  match n with
  | O => [fun _ => false]
  | S n => flat_map (fun f => [f; fun k => if Nat.eqb k n then true else f k]) (subsets n)
  end.

Fixpoint partitions (n : nat) : list (nat -> nat) :=
  match n with
  | O => [fun k => k]
  | S n => flat_map (fun f => map (fun j => fun k => if Nat.eqb k n then j else f k)
             (filter (fun j => Nat.eqb j n || Nat.eqb (f j) j) (seq 0 (S n)))) (partitions n)
  end.

(* omega where some operands are constants and some are equal *)
Definition omega_at (D : dictionary) (c : prices) (e : entry) (constant : nat -> bool) (first : nat -> nat) : Q :=
  ratio (match c (e_name e) with Some (a, b) => if by_constant e constant then b else a | None => 0 end)
    (block_cost D c constant first (e_rule e)).

(* Not all operands constant: then there is no block. *)
Definition cases (e : entry) : list ((nat -> bool) * (nat -> nat)) :=
  list_prod (subsets (e_arity e)) (partitions (e_arity e)).

Definition largest (D : dictionary) (c : prices) (e : entry) : Q :=
  fold_right (fun x m => let w := omega_at D c e (fst x) (snd x) in if Qle_bool m w then w else m) 1 (cases e).

Definition omega_table (D : dictionary) (c : prices) : list (string * Q) :=
  map (fun e => (e_name e, largest D c e)) (filter (fun e => match e_rule e with [] => false | _ => true end) D).

Definition same_table (l r : list (string * Q)) : bool :=
  Nat.eqb (List.length l) (List.length r) &&
  forallb (fun x => existsb (fun y => String.eqb (fst x) (fst y) && Qeq_bool (snd x) (snd y)) r) l.

Theorem dictionary_is_linear : dictionary_ok standard = true.
Proof. vm_compute. reflexivity. Qed.

(* What NAD's code prints is what the definition gives. *)
Theorem unit_table : same_table (omega_table standard unit_model) unit_omega = true.
Proof. vm_compute. reflexivity. Qed.
Theorem multiplicative_table : same_table (omega_table standard multiplicative_model) multiplicative_omega = true.
Proof. vm_compute. reflexivity. Qed.
Theorem weighted_table : same_table (omega_table standard weighted_model) weighted_omega = true.
Proof. vm_compute. reflexivity. Qed.

(* The table of omega, by computation, and the constants 5 and 3 for every program over the common operations. *)
From Coq Require Import List String QArith Bool Lqa.
From NadProof Require Import Term Syntax Omega Checker Certify Values Sound Bound Dictionary.
Import ListNotations.
Open Scope list_scope.
Open Scope Q_scope.

Definition prices_of (l : list (string * (Q * Q))) : prices :=
  fun f => match find (fun e => String.eqb f (fst e)) l with Some (_, p) => Some p | None => None end.

Definition unit_model := prices_of unit_prices.
Definition multiplicative_model := prices_of multiplicative_prices.
Definition weighted_model := prices_of weighted_prices.

(* The largest omega of each entry that has a rule: over which operands are constants and which are equal. *)
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

(* ---------- the constants ---------- *)

Definition among (l : list string) (f : string) : bool := existsb (String.eqb f) l.

(* Statements over these operations, each with as many operands as it takes. *)
Definition uses (l : list string) (s : stmt) : Prop :=
  among l (s_op s) = true /\ match lookup standard (s_op s) with Some e => List.length (s_args s) = e_arity e | None => False end.

Definition all_within (c : prices) (w : Q) (l : list string) : bool :=
  forallb (fun f => match lookup standard f with Some e => if Qle_bool (largest standard c e) w then has_omega standard c e else false | None => false end) l.

Lemma uses_over : forall c w l, all_within c w l = true -> forall p, Forall (uses l) (p_stmts p) -> Forall (over standard c w) (p_stmts p).
Proof.
  intros c w l H p. apply Forall_impl. intros s [A U]. unfold among in A. apply existsb_exists in A as (f & I & E).
  apply String.eqb_eq in E. subst f. unfold all_within in H. rewrite forallb_forall in H. specialize (H _ I). unfold over.
  destruct (lookup standard (s_op s)) as [e|]; [|contradiction]. exists e.
  destruct (Qle_bool _ _) eqn:Q in H; [|discriminate]. apply Qle_bool_iff in Q. auto.
Qed.

(* Prices are at least 0. *)
Definition table_priced (l : list (string * (Q * Q))) : bool :=
  forallb (fun x => Qle_bool 0 (fst (snd x)) && Qle_bool 0 (snd (snd x))) l.

Lemma prices_of_ok : forall l, table_priced l = true -> forall f, prices_of l f <> None -> priced (prices_of l) f = true.
Proof.
  intros l H f N. unfold priced. unfold prices_of in *. destruct (find _ l) as [[g [a b]]|] eqn:E; [|congruence].
  apply find_some in E as [I _]. unfold table_priced in H. rewrite forallb_forall in H. specialize (H _ I). cbn in H.
  apply andb_prop in H as [-> ->]. reflexivity.
Qed.

Section Constants.
  Variables (table : list (string * (Q * Q))) (w : Q) (l : list string).
  Hypothesis priced_ok : table_priced table = true.
  Hypothesis within : all_within (prices_of table) w l = true.
  Hypothesis one : 1 <= w.

  Theorem bound_constant : forall p, Forall (uses l) (p_stmts p) ->
    cost_full standard (prices_of table) p <= w * cost_program standard (prices_of table) p.
  Proof.
    intros p H. apply cheap_gradient_constant; [apply prices_of_ok; exact priced_ok|exact one|eapply uses_over; eauto].
  Qed.

  (* The same of what the checker accepts. *)
  Theorem certified_constant : forall p q, Forall (uses l) (p_stmts p) -> q_seeds q = [] ->
    certify standard (prices_of table) p q = true ->
    cost_dump standard (prices_of table) q <= w * cost_program standard (prices_of table) p.
  Proof.
    intros p q H S C. unfold certify in C. destruct (judge _ _ p q) eqn:E; [|discriminate]. unfold judge in E.
    peel E. peel E. peel E. peel E. peel E. peel E. peel E. apply Qle_bool_iff in E6.
    eapply Qle_trans; [exact E6|]. unfold seed_additions. rewrite S, Qplus_0_r.
    apply Qmult_le_compat_r; [|apply cost_nonnegative, prices_of_ok, priced_ok].
    apply omega_program_le; [exact one|]. eapply uses_over; eauto.
  Qed.
End Constants.

Open Scope string_scope.

(* The operations for which the paper's constant is 5, and all that do not exceed it. *)
Definition five : list string :=
  ["+"; "-"; "*"; "/"; "neg"; "relu"; "abs"; "max"; "min"; "exp"; "log"; "sqrt"; "log1p"; "expm1"; "sin"; "cos"; "tan"; "sinh"; "cosh";
   "tanh"; "atan"; "sigmoid"; "softplus"; "pow"; "hypot"; "fma"; "xlogy"; "relu'"; "abs'"; "max'1"; "max'2"; "min'1"; "min'2"; "norm2'";
   "mul0"; "div0"].
Definition three : list string :=
  ["+"; "-"; "*"; "/"; "neg"; "relu"; "abs"; "max"; "min"; "exp"; "log"; "sqrt"; "log1p"; "expm1"; "sin"; "cos"; "tan"; "sinh"; "cosh";
   "tanh"; "atan"; "sigmoid"; "softplus"; "hypot"; "fma"; "xlogy"; "relu'"; "abs'"; "max'1"; "max'2"; "min'1"; "min'2"; "norm2'"; "mul0"; "div0"].

Theorem five_unit : forall p, Forall (uses five) (p_stmts p) ->
  cost_full standard unit_model p <= 5 * cost_program standard unit_model p.
Proof. apply bound_constant; [vm_compute; reflexivity..|discriminate]. Qed.

Theorem three_multiplicative : forall p, Forall (uses three) (p_stmts p) ->
  cost_full standard multiplicative_model p <= 3 * cost_program standard multiplicative_model p.
Proof. apply bound_constant; [vm_compute; reflexivity..|discriminate]. Qed.

Theorem five_certified : forall p q, Forall (uses five) (p_stmts p) -> q_seeds q = [] ->
  certify standard unit_model p q = true -> cost_dump standard unit_model q <= 5 * cost_program standard unit_model p.
Proof. apply certified_constant; [vm_compute; reflexivity..|discriminate]. Qed.

Theorem three_certified : forall p q, Forall (uses three) (p_stmts p) -> q_seeds q = [] ->
  certify standard multiplicative_model p q = true ->
  cost_dump standard multiplicative_model q <= 3 * cost_program standard multiplicative_model p.
Proof. apply certified_constant; [vm_compute; reflexivity..|discriminate]. Qed.

(* 5 is reached. *)
Theorem five_is_least : exists e, lookup standard "*" = Some e /\ largest standard unit_model e == 5.
Proof. eexists. split; [vm_compute; reflexivity|vm_compute; reflexivity]. Qed.

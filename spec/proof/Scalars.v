(* What programs compute with: a commutative ring with a division of which little is asked, and the rational numbers in
   it. The real numbers are one (Real.v). *)
From Coq Require Import QArith Ring_theory.

Record scalars : Type := Scalars
  { carrier :> Type;
    zero : carrier; one : carrier;
    add : carrier -> carrier -> carrier; mul : carrier -> carrier -> carrier; sub : carrier -> carrier -> carrier;
    opp : carrier -> carrier; div : carrier -> carrier -> carrier;
    inj : Q -> carrier;
    ring_laws : ring_theory zero one add mul sub opp (@eq carrier);
    div_laws : forall v x y, div (mul v x) y = mul v (div x y);
    inj_eq : forall p q, Qeq p q -> inj p = inj q;
    inj_0 : inj 0 = zero; inj_1 : inj 1 = one;
    inj_add : forall p q, inj (p + q) = add (inj p) (inj q);
    inj_mul : forall p q, inj (p * q) = mul (inj p) (inj q);
    inj_sub : forall p q, inj (p - q) = sub (inj p) (inj q);
    inj_opp : forall p, inj (- p) = opp (inj p);
    inj_div : forall p q, ~ Qeq q 0 -> inj (p / q) = div (inj p) (inj q) }.

Arguments zero {_}. Arguments one {_}. Arguments add {_}. Arguments mul {_}. Arguments sub {_}. Arguments opp {_}.
Arguments div {_}. Arguments inj {_}.

Declare Scope K_scope.
Delimit Scope K_scope with K.
Notation "0" := zero : K_scope.
Notation "1" := one : K_scope.
Infix "+" := add : K_scope.
Infix "*" := mul : K_scope.
Infix "-" := sub : K_scope.
Infix "/" := div : K_scope.
Notation "- x" := (opp x) : K_scope.

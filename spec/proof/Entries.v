(* The rules that NAD wrote are the derivatives that they claim: each entry here, with the rule in Dictionary.v, is path
   differentiable over the real numbers, for smooth entries because the rule is their derivative. *)
From Coq Require Import String List QArith Qreals Reals Lra Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound Sweep Certify Duality Real Curves Dictionary.
Import ListNotations.
Open Scope list_scope.
Open Scope R_scope.

(* What the operations mean over the reals. The selections at 0 and at ties are any numbers. *)
Section Entries.
  Variables at_relu at_abs at_max at_min : R.

  Definition abs_prime (x v : R) : R := if Rlt_dec 0 x then v else if Rlt_dec x 0 then - v else at_abs * v.
  (* x >= y gives the first operand, the share at_max of the tie *)
  Definition first_prime (s x y v : R) : R := if Rlt_dec y x then v else if Rlt_dec x y then 0 else s * v.

  Definition real_ev (f : string) (l : list R) : R :=
    let is := String.eqb f in
    match l with
    | [x] =>
        if is "neg"%string then - x else if is "relu"%string then relu x else if is "abs"%string then Rabs x
        else if is "exp"%string then exp x else if is "log"%string then ln x else if is "sqrt"%string then sqrt x
        else if is "log1p"%string then ln (1 + x) else if is "expm1"%string then exp x - 1
        else if is "sin"%string then sin x else if is "cos"%string then cos x else if is "tan"%string then tan x
        else if is "sinh"%string then sinh x else if is "cosh"%string then cosh x else if is "tanh"%string then tanh x
        else if is "atan"%string then atan x else if is "sigmoid"%string then / (1 + exp (- x))
        else if is "softplus"%string then ln (1 + exp x) else 0
    | [x; y] =>
        if is "+"%string then x + y else if is "-"%string then x - y else if is "*"%string then x * y
        else if is "/"%string then x / y else if is "mul0"%string then x * y else if is "div0"%string then x / y
        else if is "max"%string then Rmax x y else if is "min"%string then Rmin x y
        else if is "relu'"%string then relu_prime at_relu x y else if is "abs'"%string then abs_prime x y else 0
    | [x; y; v] =>
        if is "fma"%string then x * y + v
        else if is "max'1"%string then first_prime at_max x y v else if is "max'2"%string then first_prime (1 - at_max) y x v
        else if is "min'1"%string then first_prime at_min y x v else if is "min'2"%string then first_prime (1 - at_min) x y v else 0
    | _ => 0
    end.

  (* Where the operations are differentiated. *)
  Definition real_dom (f : string) (l : list R) : Prop :=
    match l with
    | [x] => if String.eqb f "log" then 0 < x else if String.eqb f "sqrt" then 0 < x else if String.eqb f "log1p" then 0 < 1 + x
             else if String.eqb f "tan" then cos x <> 0 else True
    | [x; y] => if String.eqb f "/" then y <> 0 else if String.eqb f "div0" then y <> 0 else True
    | _ => True
    end.

  Notation PD := (path_differentiable real_ev real_dom).

  Lemma smooth1 : forall e f, e_arity e = 1%nat -> (forall x, real_ev (e_name e) [x] = f x) ->
    (forall x, real_dom (e_name e) [x] -> exists f', derivable_pt_lim f x f' /\
      forall d, slope real_ev [x] (f x) (e_rule e) [d] = f' * d) -> PD e.
  Proof.
    intros e f A V H gs ds t r L G Dm Hr. rewrite A in L. destruct gs as [|g [|? ?]]; try discriminate.
    inversion G as [|? d ? ? Gd Gn]; subst. inversion Gn; subst. cbn [map] in *. destruct (H _ Dm) as (f' & F & S).
    rewrite V, S. apply (uniqueness_limite (fun u => f (g u)) t).
    - eapply lim_ext; [|exact Hr]. intro u. apply V.
    - apply (derivable_pt_lim_comp g f t d f' Gd F).
  Qed.

  Lemma smooth2 : forall e, e_arity e = 2%nat ->
    (forall g h a b t, derivable_pt_lim g t a -> derivable_pt_lim h t b -> real_dom (e_name e) [g t; h t] ->
      derivable_pt_lim (fun u => real_ev (e_name e) [g u; h u]) t
        (slope real_ev [g t; h t] (real_ev (e_name e) [g t; h t]) (e_rule e) [a; b])) -> PD e.
  Proof.
    intros e A H gs ds t r L G Dm Hr. rewrite A in L. destruct gs as [|g [|h [|? ?]]]; try discriminate.
    inversion G as [|? a ? ? Ga Gn]; subst. inversion Gn as [|? b ? ? Gb Gm]; subst. inversion Gm; subst. cbn [map] in *.
    eapply uniqueness_limite; [exact Hr|]. apply H; assumption.
  Qed.

  Lemma q1 : Q2R 1 = 1. Proof. unfold Q2R. cbn. lra. Qed.

  (* The entry of this name in the dictionary that NAD wrote. *)
  Definition written (f : string) (P : entry -> Prop) : Prop := match lookup standard f with Some e => P e | None => False end.
  Ltac entry := unfold written; match goal with |- context [lookup ?D ?f] => let e := eval vm_compute in (lookup D f) in change (lookup D f) with e end; cbv iota.
  Ltac values := cbn [slope teval map amount negative target nth e_rule e_name real_ev String.eqb Ascii.eqb Bool.eqb sign];
    unfold sign; cbn; try rewrite q1.
  Ltac unary f := entry; apply (smooth1 _ f); [reflexivity|reflexivity|]; intros x Dm.

  Theorem exp_rule : written "exp" PD.
  Proof. unary exp. exists (exp x). split; [apply derivable_pt_lim_exp|]. intro d. values. ring. Qed.
  Theorem log_rule : written "log" PD.
  Proof. unary ln. cbn in Dm. exists (/ x). split; [apply derivable_pt_lim_ln; exact Dm|]. intro d. values. field. lra. Qed.
  Theorem sqrt_rule : written "sqrt" PD.
  Proof.
    unary sqrt. cbn in Dm. exists (/ (2 * sqrt x)). split; [apply derivable_pt_lim_sqrt; exact Dm|]. intro d. values.
    assert (0 < sqrt x) by (apply sqrt_lt_R0; exact Dm). field. lra.
  Qed.
  Theorem sin_rule : written "sin" PD.
  Proof. unary sin. exists (cos x). split; [apply derivable_pt_lim_sin|]. intro d. values. ring. Qed.
  Theorem cos_rule : written "cos" PD.
  Proof. unary cos. exists (- sin x). split; [apply derivable_pt_lim_cos|]. intro d. values. ring. Qed.
  Theorem sinh_rule : written "sinh" PD.
  Proof. unary sinh. exists (cosh x). split; [apply derivable_pt_lim_sinh|]. intro d. values. ring. Qed.
  Theorem cosh_rule : written "cosh" PD.
  Proof. unary cosh. exists (sinh x). split; [apply derivable_pt_lim_cosh|]. intro d. values. ring. Qed.
  Theorem atan_rule : written "atan" PD.
  Proof.
    unary atan. exists (/ (1 + x * x)). split.
    - replace (x * x) with (x ^ 2) by ring. apply derivable_pt_lim_atan.
    - intro d. values. field. pose proof (Rle_0_sqr x). unfold Rsqr in *. lra.
  Qed.
  Theorem neg_rule : written "neg" PD.
  Proof. unary Ropp. exists (-1). split; [|intro d; values; ring]. replace (-1) with (- 1) by ring. apply derivable_pt_lim_opp, derivable_pt_lim_id. Qed.
  Theorem relu_rule : written "relu" PD.
  Proof.
    entry. intros gs ds t r L G Dm Hr. destruct gs as [|g [|? ?]]; try discriminate.
    inversion G as [|? d ? ? Gd Gn]; subst. inversion Gn; subst. cbn [map] in *.
    rewrite (relu_conservative at_relu g t d r Gd); [values; ring|]. exact Hr.
  Qed.
  Theorem add_rule : written "+" PD.
  Proof.
    entry. apply smooth2; [reflexivity|]. intros g h a b t G H _. values.
    match goal with |- derivable_pt_lim _ _ ?v => replace v with (a + b) by ring end. apply derivable_pt_lim_plus; assumption.
  Qed.
  Theorem sub_rule : written "-" PD.
  Proof.
    entry. apply smooth2; [reflexivity|]. intros g h a b t G H _. values.
    match goal with |- derivable_pt_lim _ _ ?v => replace v with (a - b) by ring end. apply derivable_pt_lim_minus; assumption.
  Qed.
  Theorem mul_rule : written "*" PD.
  Proof.
    entry. apply smooth2; [reflexivity|]. intros g h a b t G H _. values.
    match goal with |- derivable_pt_lim _ _ ?v => replace v with (a * h t + g t * b) by ring end. apply derivable_pt_lim_mult; assumption.
  Qed.
  Theorem div_rule : written "/" PD.
  Proof.
    entry. apply smooth2; [reflexivity|]. intros g h a b t G H Dm. cbn in Dm. values.
    match goal with |- derivable_pt_lim _ _ ?v => replace v with ((a * h t - b * g t) / Rsqr (h t)) by (unfold Rsqr; field; exact Dm) end.
    apply derivable_pt_lim_div; assumption.
  Qed.
  Theorem mul0_rule : written "mul0" PD.
  Proof.
    entry. apply smooth2; [reflexivity|]. intros g h a b t G H _. values.
    match goal with |- derivable_pt_lim _ _ ?v => replace v with (a * h t + g t * b) by ring end. apply derivable_pt_lim_mult; assumption.
  Qed.
  Theorem div0_rule : written "div0" PD.
  Proof.
    entry. apply smooth2; [reflexivity|]. intros g h a b t G H Dm. cbn in Dm. values.
    match goal with |- derivable_pt_lim _ _ ?v => replace v with ((a * h t - b * g t) / Rsqr (h t)) by (unfold Rsqr; field; exact Dm) end.
    apply derivable_pt_lim_div; assumption.
  Qed.
  Theorem log1p_rule : written "log1p" PD.
  Proof.
    unary (fun x => ln (1 + x)). cbn in Dm. exists (/ (1 + x)). split.
    - replace (/ (1 + x)) with (/ (1 + x) * (0 + 1)) by ring. apply (derivable_pt_lim_comp (fun u => 1 + u) ln).
      + apply derivable_pt_lim_plus; [apply derivable_pt_lim_const|apply derivable_pt_lim_id].
      + apply derivable_pt_lim_ln. exact Dm.
    - intro d. values. field. lra.
  Qed.
  Theorem expm1_rule : written "expm1" PD.
  Proof.
    unary (fun x => exp x - 1). exists (exp x). split.
    - replace (exp x) with (exp x - 0) at 1 by ring. apply derivable_pt_lim_minus; [apply derivable_pt_lim_exp|apply derivable_pt_lim_const].
    - intro d. values. ring.
  Qed.
  Lemma exp_neg_lim : forall x, derivable_pt_lim (fun u => exp (- u)) x (- exp (- x)).
  Proof.
    intro x. replace (- exp (- x)) with (exp (- x) * - (1)) by ring. apply (derivable_pt_lim_comp Ropp exp).
    - apply derivable_pt_lim_opp, derivable_pt_lim_id.
    - apply derivable_pt_lim_exp.
  Qed.
  Theorem sigmoid_rule : written "sigmoid" PD.
  Proof.
    unary (fun x => / (1 + exp (- x))). pose proof (exp_pos (- x)) as P. exists (exp (- x) / Rsqr (1 + exp (- x))). split.
    - apply lim_ext with (f := fun u => 1 / (1 + exp (- u))); [intro u; unfold Rdiv; ring|].
      replace (exp (- x) / Rsqr (1 + exp (- x))) with ((0 * (1 + exp (- x)) - (0 + - exp (- x)) * 1) / Rsqr (1 + exp (- x))).
      + apply (derivable_pt_lim_div (fun _ => 1) (fun u => 1 + exp (- u))); [apply derivable_pt_lim_const| |lra].
        apply derivable_pt_lim_plus; [apply derivable_pt_lim_const|apply exp_neg_lim].
      + unfold Rsqr. field. lra.
    - intro d. values. unfold Rsqr. field. lra.
  Qed.
  Theorem softplus_rule : written "softplus" PD.
  Proof.
    unary (fun x => ln (1 + exp x)). pose proof (exp_pos x) as P. exists (/ (1 + exp x) * (0 + exp x)). split.
    - apply (derivable_pt_lim_comp (fun u => 1 + exp u) ln).
      + apply derivable_pt_lim_plus; [apply derivable_pt_lim_const|apply derivable_pt_lim_exp].
      + apply derivable_pt_lim_ln. lra.
    - intro d. values. rewrite exp_Ropp. field. split; lra.
  Qed.
  Theorem tan_rule : written "tan" PD.
  Proof.
    unary tan. cbn in Dm. exists ((cos x * cos x - - sin x * sin x) / Rsqr (cos x)). split.
    - apply (derivable_pt_lim_div sin cos); [apply derivable_pt_lim_sin|apply derivable_pt_lim_cos|exact Dm].
    - intro d. values. unfold tan, Rsqr. field. exact Dm.
  Qed.
  Theorem tanh_rule : written "tanh" PD.
  Proof.
    unary tanh. assert (P : cosh x <> 0) by (unfold cosh; pose proof (exp_pos x); pose proof (exp_pos (- x)); lra).
    exists ((cosh x * cosh x - sinh x * sinh x) / Rsqr (cosh x)). split.
    - apply (derivable_pt_lim_div sinh cosh); [apply derivable_pt_lim_sinh|apply derivable_pt_lim_cosh|exact P].
    - intro d. values. unfold tanh, Rsqr. field. exact P.
  Qed.

  (* ---------- piecewise linear entries, at kinks too ---------- *)

  Theorem abs_rule : written "abs" PD.
  Proof.
    entry. intros gs ds t r L G Dm Hr. destruct gs as [|g [|? ?]]; try discriminate.
    inversion G as [|? d ? ? Gd Gn]; subst. inversion Gn; subst. cbn [map] in *.
    assert (H : derivable_pt_lim (fun u => relu (g u)) t (/ 2 * (d + r))).
    { apply lim_ext with (f := fun u => / 2 * (g u + Rabs (g u))).
      - intro u. unfold relu, Rabs. destruct (Rcase_abs (g u)); [rewrite Rmax_right|rewrite Rmax_left]; lra.
      - apply (derivable_pt_lim_scal (fun u => g u + Rabs (g u))). apply (derivable_pt_lim_plus g (fun u => Rabs (g u))); assumption. }
    destruct (relu_lim g t d _ Gd H) as (P & N & Z). values. unfold abs_prime.
    destruct (Rlt_dec 0 (g t)) as [A|A]; [specialize (P A); lra|]. destruct (Rlt_dec (g t) 0) as [B|B]; [specialize (N B); lra|].
    destruct Z as [Z1 Z2]; [lra|]. subst d. lra.
  Qed.

  Lemma two : forall e, e_arity e = 2%nat ->
    (forall g h a b t r, derivable_pt_lim g t a -> derivable_pt_lim h t b ->
      derivable_pt_lim (fun u => real_ev (e_name e) [g u; h u]) t r ->
      r = slope real_ev [g t; h t] (real_ev (e_name e) [g t; h t]) (e_rule e) [a; b]) -> PD e.
  Proof.
    intros e A H gs ds t r L G Dm Hr. rewrite A in L. destruct gs as [|g [|h [|? ?]]]; try discriminate.
    inversion G as [|? a ? ? Ga Gn]; subst. inversion Gn as [|? b ? ? Gb Gm]; subst. inversion Gm; subst. cbn [map] in *.
    apply H; assumption.
  Qed.

  Theorem max_rule : written "max" PD.
  Proof.
    entry. apply two; [reflexivity|]. intros g h a b t r G H Hr. cbn in Hr.
    assert (K : derivable_pt_lim (fun u => relu (g u - h u)) t (r - b)).
    { apply lim_ext with (f := fun u => Rmax (g u) (h u) - h u).
      - intro u. unfold relu, Rmax. destruct (Rle_dec (g u) (h u)), (Rle_dec (g u - h u) 0); lra.
      - apply (derivable_pt_lim_minus (fun u => Rmax (g u) (h u)) h); assumption. }
    destruct (relu_lim (fun u => g u - h u) t (a - b) _ (derivable_pt_lim_minus _ _ _ _ _ G H) K) as (P & N & Z). cbv beta in P, N, Z.
    values. unfold first_prime. destruct (Rlt_dec (h t) (g t)) as [A|A], (Rlt_dec (g t) (h t)) as [B|B]; try lra.
    destruct Z as [Z1 Z2]; [lra|]. assert (a = b) by lra. subst b. lra.
  Qed.
  Theorem min_rule : written "min" PD.
  Proof.
    entry. apply two; [reflexivity|]. intros g h a b t r G H Hr. cbn in Hr.
    assert (K : derivable_pt_lim (fun u => relu (g u - h u)) t (a - r)).
    { apply lim_ext with (f := fun u => g u - Rmin (g u) (h u)).
      - intro u. unfold relu, Rmax, Rmin. destruct (Rle_dec (g u) (h u)), (Rle_dec (g u - h u) 0); lra.
      - apply (derivable_pt_lim_minus g (fun u => Rmin (g u) (h u))); assumption. }
    destruct (relu_lim (fun u => g u - h u) t (a - b) _ (derivable_pt_lim_minus _ _ _ _ _ G H) K) as (P & N & Z). cbv beta in P, N, Z.
    values. unfold first_prime. destruct (Rlt_dec (h t) (g t)) as [A|A], (Rlt_dec (g t) (h t)) as [B|B]; try lra.
    destruct Z as [Z1 Z2]; [lra|]. assert (a = b) by lra. subst b. lra.
  Qed.
End Entries.

Open Scope string_scope.

(* The entries whose rules are proved above. *)
Definition proved_entries : list string :=
  ["+"; "-"; "neg"; "*"; "/"; "mul0"; "div0"; "relu"; "abs"; "max"; "min"; "exp"; "log"; "sqrt"; "log1p"; "expm1"; "sin"; "cos"; "tan";
   "sinh"; "cosh"; "tanh"; "atan"; "sigmoid"; "softplus"].

Section Together.
  Variables at_relu at_abs at_max at_min : R.
  Notation rev := (real_ev at_relu at_abs at_max at_min).

  Theorem entries_path_differentiable : forall f, In f proved_entries -> written f (path_differentiable rev real_dom).
  Proof.
    intros f H. cbn in H.
    destruct H as [<-|H]; [apply add_rule|].
    destruct H as [<-|H]; [apply sub_rule|].
    destruct H as [<-|H]; [apply neg_rule|].
    destruct H as [<-|H]; [apply mul_rule|].
    destruct H as [<-|H]; [apply div_rule|].
    destruct H as [<-|H]; [apply mul0_rule|].
    destruct H as [<-|H]; [apply div0_rule|].
    destruct H as [<-|H]; [apply relu_rule|].
    destruct H as [<-|H]; [apply abs_rule|].
    destruct H as [<-|H]; [apply max_rule|].
    destruct H as [<-|H]; [apply min_rule|].
    destruct H as [<-|H]; [apply exp_rule|].
    destruct H as [<-|H]; [apply log_rule|].
    destruct H as [<-|H]; [apply sqrt_rule|].
    destruct H as [<-|H]; [apply log1p_rule|].
    destruct H as [<-|H]; [apply expm1_rule|].
    destruct H as [<-|H]; [apply sin_rule|].
    destruct H as [<-|H]; [apply cos_rule|].
    destruct H as [<-|H]; [apply tan_rule|].
    destruct H as [<-|H]; [apply sinh_rule|].
    destruct H as [<-|H]; [apply cosh_rule|].
    destruct H as [<-|H]; [apply tanh_rule|].
    destruct H as [<-|H]; [apply atan_rule|].
    destruct H as [<-|H]; [apply sigmoid_rule|].
    destruct H as [<-|H]; [apply softplus_rule|].
    destruct H.
  Qed.

End Together.

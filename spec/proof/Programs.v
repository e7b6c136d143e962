(* Programs over the proved entries are conservative over the real numbers. *)
From Coq Require Import String List QArith Qreals Reals Lra Bool.
From NadProof Require Import Term Syntax Omega Scalars Semantics Checker Values Sound Sweep Certify Duality Real Curves Dictionary Entries.
Import ListNotations.
Open Scope list_scope.
Open Scope R_scope.

(* The entries that are linear in their last operand: by name and arity. *)
Definition linear_names : list string := ["relu'"; "abs'"; "max'1"; "max'2"; "min'1"; "min'2"; "norm2'"]%string.
Lemma linear_entries : forallb (fun e => if e_linear e then existsb (String.eqb (e_name e)) linear_names else true) standard = true.
Proof. vm_compute. reflexivity. Qed.

Section Together.
  Variables at_relu at_abs at_max at_min : R.
  Notation rev := (real_ev at_relu at_abs at_max at_min).

  Ltac last := intros l v; destruct l as [|x [|y [|w l]]]; cbn [app real_ev String.eqb Ascii.eqb Bool.eqb];
    [ring| | |destruct l; cbn [app]; ring]; unfold relu_prime, abs_prime, first_prime;
    repeat (match goal with |- context [Rlt_dec ?a ?b] => destruct (Rlt_dec a b) end); ring.

  Lemma linear_real : forall f, In f linear_names -> forall l v, rev f (l ++ [v]) = v * rev f (l ++ [1]).
  Proof.
    intros f H. cbn in H.
    destruct H as [<-|H]; [last|]. destruct H as [<-|H]; [last|]. destruct H as [<-|H]; [last|]. destruct H as [<-|H]; [last|].
    destruct H as [<-|H]; [last|]. destruct H as [<-|H]; [last|]. destruct H as [<-|H]; [last|]. destruct H.
  Qed.

  Lemma real_sane : sane reals rev standard.
  Proof.
    constructor; [reflexivity..| | |].
    - intros [|x [|y [|v [|w l]]]]; reflexivity.
    - intros [|x [|y [|v [|w l]]]]; reflexivity.
    - intros f e L N. apply linear_real. apply find_some in L as [I E]. apply String.eqb_eq in E. subst f.
      pose proof linear_entries as A. rewrite forallb_forall in A. specialize (A e I). rewrite N in A.
      apply existsb_exists in A as (g & G & E). apply String.eqb_eq in E. rewrite E. exact G.
  Qed.

  (* Programs over these operations, wherever they are evaluated inside the domains: along every curve, at every t at which the
     parameters and the values that P computes are differentiable, the derivative is the pullback applied to the curve's. *)
  Theorem programs_conservative : forall p z (r : R -> env reals) (T : env reals) t,
    let l := List.rev (map fst (p_params p)) in
    NoDup l -> single l (p_stmts p) -> p_results p = [Var z] -> In z (List.rev (map s_var (p_stmts p)) ++ l) ->
    (forall s, In s (p_stmts p) -> In (s_op s) proved_entries /\
      match lookup standard (s_op s) with Some e => List.length (s_args s) = e_arity e | None => False end /\
      real_dom (s_op s) (map (ov reals (run reals rev (p_stmts p) (r t))) (s_args s))) ->
    (forall x, In x l -> derivable_pt_lim (fun u => r u x) t (T x)) ->
    (forall x, In x (map s_var (p_stmts p)) -> exists d, derivable_pt_lim (fun u => run reals rev (p_stmts p) (r u) x) t d) ->
    derivable_pt_lim (fun u => run reals rev (p_stmts p) (r u) z) t
      (dot reals l (pullback reals rev standard p (run reals rev (p_stmts p) (r t)) [1]) T).
  Proof.
    intros p z r T t l ND S Rz Iz G HT HD.
    apply (program_conservative rev real_dom standard real_sane); auto.
    apply Forall_forall. intros s Hs. destruct (G s Hs) as (I & A & Dm). pose proof (entries_path_differentiable at_relu at_abs at_max at_min _ I) as W.
    unfold written in W. unfold good. destruct (lookup standard (s_op s)) as [e|]; [|contradiction]. exists e. auto.
  Qed.
End Together.

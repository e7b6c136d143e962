(* The checker: does a dump compute a program's value and the pullback that the dictionary's rules select, within the bound?
   It knows nothing of how the dump was made. The steps are those of spec/6-bound.md. *)
From Coq Require Import List String QArith PArith Bool.
From NadProof Require Import Term Syntax Omega.
Import ListNotations.
Open Scope list_scope.

(* Why a dump is refused, and at which variable. *)
Inductive result (A : Type) : Type := Ok (a : A) | Bad (why : string) (at_ : positive).
Arguments Ok {A}. Arguments Bad {A}.

Definition bind {A B} (r : result A) (f : A -> result B) : result B :=
  match r with Ok a => f a | Bad w x => Bad w x end.
Notation "'let*' x := r 'in' b" := (bind r (fun x => b)) (at level 200, x pattern, right associativity).
Definition need (b : bool) (why : string) (x : positive) : result unit := if b then Ok tt else Bad why x.

Definition op_eqb (a b : operand) : bool :=
  match a, b with
  | Var x, Var y => Pos.eqb x y
  | Num p, Num q => Qeq_bool p q
  | _, _ => false
  end.

Fixpoint ops_eqb (l r : list operand) : bool :=
  match l, r with
  | [], [] => true
  | a :: l, b :: r => if op_eqb a b then ops_eqb l r else false
  | _, _ => false
  end.

(* ---------- is this value what a rule asks for? ---------- *)

(* Where a block stands: its statement's operands, result, bar, and whether the bar is the literal 1. *)
Record ctx : Type := Ctx { c_args : list operand; c_res : option positive; c_bar : option positive; c_one : bool }.

Inductive given : Type := GOp (o : operand) | GApp (f : string) (l : list operand).
Definition defs := PM.t (string * list operand).

Definition unfold (d : defs) (o : operand) : given :=
  match o with
  | Var x => match PM.find x d with Some (f, l) => GApp f l | None => GOp o end
  | Num _ => GOp o
  end.

Definition is_bar (c : ctx) (o : operand) : bool :=
  match o, c_bar c with Var x, Some b => Pos.eqb x b | _, _ => false end.
Definition is_one (c : ctx) (o : operand) : bool := if c_one c then is_bar c o else false.

(* A product with a bar that is the literal 1 is its other factor. *)
Fixpoint strip (n : nat) (c : ctx) (d : defs) (g : given) : given :=
  match n with
  | O => g
  | Datatypes.S n => match g with
      | GApp f [a; b] => if String.eqb f "*" then
            if is_one c a then strip n c d (unfold d b) else if is_one c b then strip n c d (unfold d a) else g
          else g
      | _ => g end
  end.

Definition same_op (f g : string) : bool :=
  if String.eqb f g then true
  else if String.eqb f "*" then String.eqb g "mul0" else if String.eqb f "/" then String.eqb g "div0" else false.
Definition commutes (f : string) : bool := if String.eqb f "*" then true else String.eqb f "+".

Definition q_zero (q : Q) : bool := Qeq_bool q 0.

(* The value of a term of constants, where arithmetic gives it. *)
Fixpoint fold (xs : list operand) (t : term) : option Q :=
  match t with
  | Arg k => match nth_error xs k with Some (Num q) => Some q | _ => None end
  | Lit q => Some q
  | Const _ q => Some q
  | App f [a] => if String.eqb f "neg" then option_map Qopp (fold xs a) else None
  | App f [a; b] => match fold xs a, fold xs b with
      | Some p, Some q =>
          if String.eqb f "+" then Some (Qplus p q) else if String.eqb f "-" then Some (Qminus p q)
          else if String.eqb f "*" then Some (Qmult p q)
          else if String.eqb f "/" then if q_zero q then None else Some (Qdiv p q)
          else None
      | _, _ => None end
  | _ => None
  end.

Definition term_is_bar (t : term) : bool := match t with Bar => true | _ => false end.

Fixpoint same (c : ctx) (d : defs) (t : term) (g0 : given) {struct t} : bool :=
  let g := strip 4 c d g0 in
  let number q := match g with GOp (Num p) => Qeq_bool q p | _ => false end in
  match t with
  | Arg k => match nth_error (c_args c) k, g with Some o, GOp o' => op_eqb o o' | _, _ => false end
  | Res => match c_res c, g with Some z, GOp (Var x) => Pos.eqb x z | _, _ => false end
  | Bar => match g with GOp o => is_bar c o | _ => false end
  | Lit q => number q
  | Const _ q => number q
  | App f l =>
      let plain :=
        match fold (c_args c) t with
        | Some q => number q
        | None => match g with
            | GApp f' l' => if same_op f f' then
                if (fix all l l' := match l, l' with
                      | [], [] => true
                      | a :: l, o :: l' => if same c d a (unfold d o) then all l l' else false
                      | _, _ => false end) l l' then true
                else match l, l' with
                  | [a; b], [a'; b'] => if commutes f then
                      if same c d a (unfold d b') then same c d b (unfold d a') else false else false
                  | _, _ => false end
                else false
            | GOp _ => false end
        end in
      match l with
      | [a; b] => if String.eqb f "*" then if c_one c then
              if term_is_bar a then same c d b g else if term_is_bar b then same c d a g else plain
            else plain else plain
      | _ => plain end
  end.

(* ---------- contributions ---------- *)

(* x_bar += t, or -= where negative *)
Record item : Type := Item { i_var : positive; i_neg : bool; i_term : term }.

Definition signed_given (c : ctx) (d : defs) (neg : bool) (g : given) : bool * given :=
  match strip 4 c d g with
  | GApp f [a] => if String.eqb f "neg" then (negb neg, unfold d a) else (neg, g)
  | _ => (neg, g)
  end.

Definition without_one (c : ctx) (t : term) : term :=
  match t with
  | App f [a; b] => if String.eqb f "*" then if c_one c then
      if term_is_bar a then b else if term_is_bar b then a else t else t else t
  | _ => t end.

Definition signed_item (c : ctx) (i : item) : item :=
  match without_one c (i_term i) with
  | App f [a] => if String.eqb f "neg" then Item (i_var i) (negb (i_neg i)) a else i
  | _ => i
  end.

Fixpoint take {A} (f : A -> bool) (l : list A) : option (A * list A) :=
  match l with
  | [] => None
  | a :: r => if f a then Some (a, r) else match take f r with Some (b, s) => Some (b, a :: s) | None => None end
  end.

(* ---------- a block ---------- *)

Inductive kind : Type := Fwd | Temp | BarOf (x : positive).

Record state : Type := State
  { k_of : PM.t kind; bar_of : PM.t positive; one_of : PM.t unit; def_of : defs; asked : list item }.

Definition kind_fixed (c : ctx) (k : PM.t kind) (o : operand) : bool :=
  match o with
  | Num _ => true
  | Var x => match PM.find x k with Some Fwd => true | Some Temp => true | Some (BarOf _) => is_bar c o | None => false end
  end.

(* What is known of variables before the blocks are looked at; nothing here needs to be right for the answer to be:
   whose bar a variable is, and whether it is one. *)
Record hints : Type := Hints { h_owner : PM.t positive; h_bar : PM.t unit }.

Definition opt_is (a : option positive) (x : positive) : bool := match a with Some y => Pos.eqb x y | None => false end.

Definition fits (c : ctx) (h : hints) (T : state) (t : positive) (neg : bool) (g : given) (i : item) : bool :=
  if (match PM.find (i_var i) (bar_of T) with
      | Some b => Pos.eqb b t
      | None => if mem t (k_of T) then false
                else match PM.find t (h_owner h) with Some x => Pos.eqb x (i_var i) | None => true end
      end)
  then if Bool.eqb neg (i_neg i) then same c (def_of T) (i_term i) g else false
  else false.

(* A contribution to t. adds: it is added to a value that t has, else it is t's first. one: it is the literal 1. *)
Definition give (c : ctx) (h : hints) (T : state) (t : positive) (adds one neg : bool) (g : given) : result state :=
  let (neg', g') := signed_given c (def_of T) neg g in
  let* _ := need (negb (opt_is (c_bar c) t)) "a block writes to its own bar" t in
  match take (fits c h T t neg' g') (asked T) with
  | None => Bad "a contribution that the rule does not give" t
  | Some (i, rest) =>
      match PM.find (i_var i) (bar_of T) with
      | Some _ =>
          let* _ := need adds "a bar that has a value is set again" t in
          Ok (State (k_of T) (bar_of T) (PM.remove t (one_of T)) (def_of T) rest)
      | None =>
          let* _ := need (negb adds) "a bar that has no value is added to" t in
          Ok (State (PM.add t (BarOf (i_var i)) (k_of T)) (PM.add (i_var i) t (bar_of T))
                (if one then PM.add t tt (one_of T) else PM.remove t (one_of T)) (def_of T) rest)
      end
  end.

Definition is_literal_one (o : operand) : bool := match o with Num q => Qeq_bool q 1 | Var _ => false end.

Definition step (D : dictionary) (c : ctx) (h : hints) (T : state) (d : dstmt) : result state :=
  let t := dtarget d in
  let* _ := need (forallb (kind_fixed c (k_of T)) (dreads d)) "an operand that has no value here" t in
  match d with
  | DApply s =>
      let* _ := need (match lookup D (s_op s) with Some e => Nat.eqb (e_arity e) (List.length (s_args s)) | None => false end)
        "an operation that the dictionary does not have" t in
      if mem t (h_bar h) then give c h T t false false false (GApp (s_op s) (s_args s))
      else
        let* _ := need (negb (mem t (k_of T))) "a variable is defined twice" t in
        Ok (State (PM.add t Temp (k_of T)) (bar_of T) (PM.remove t (one_of T)) (PM.add t (s_op s, s_args s) (def_of T)) (asked T))
  | DSet _ o => give c h T t false (is_literal_one o) false (unfold (def_of T) o)
  | DAdd _ o => give c h T t true false false (unfold (def_of T) o)
  | DSub _ o => give c h T t true false true (unfold (def_of T) o)
  end.

Fixpoint steps (D : dictionary) (c : ctx) (h : hints) (T : state) (l : list dstmt) : result state :=
  match l with [] => Ok T | d :: r => let* T := step D c h T d in steps D c h T r end.

(* Every value that the block computes is used by it. *)
Definition read_in (m : PM.t unit) (o : operand) : PM.t unit := match o with Var x => PM.add x tt m | Num _ => m end.
Definition all_used (h : hints) (l : list dstmt) : result unit :=
  let used := fold_left (fun m d => fold_left read_in (dreads d) m) l (PM.empty unit) in
  fold_left (fun r d => let* _ := r in match d with
    | DApply s => need (if mem (s_var s) (h_bar h) then true else mem (s_var s) used) "a value that no contribution uses" (s_var s)
    | _ => Ok tt end) l (Ok tt).

(* All of a block: the asked contributions, each once, and nothing else. *)
Definition block (D : dictionary) (h : hints) (c : ctx) (T : state) (items : list item) (l : list dstmt) : result state :=
  let T0 := State (k_of T) (bar_of T) (one_of T) (PM.empty _) (map (signed_item c) items) in
  let* T1 := steps D c h T0 l in
  let* _ := all_used h l in
  match asked T1 with
  | [] => Ok T1
  | i :: _ => Bad "the block gives this variable's bar less than the rule does" (i_var i)
  end.

(* What a statement's rule asks for: contributions to its active operands. *)
Definition items_of (act : PM.t unit) (xs : list operand) (rule : list contribution) : list item :=
  flat_map (fun r => match nth_error xs (target r) with
    | Some (Var x) => if mem x act then [Item x (negative r) (amount r)] else []
    | _ => [] end) rule.

(* Each active operand has a contribution in the rule: an operand without one is one that there is no derivative by. *)
Fixpoint covered (act : PM.t unit) (k : nat) (xs : list operand) (rule : list contribution) : bool :=
  match xs with
  | [] => true
  | o :: r => if (if depends act o then existsb (fun c => Nat.eqb (target c) k) rule else true)
              then covered act (S k) r rule else false
  end.

(* What the proof needs to hold of operands is asked for where it is needed: cheap, and no proof about P's form. *)
Definition is_forward (k : PM.t kind) (x : positive) : bool := match PM.find x k with Some Fwd => true | _ => false end.
Definition forward_operand (k : PM.t kind) (o : operand) : bool := match o with Var x => is_forward k x | Num _ => true end.

(* The statements of P backwards against the blocks in order. *)
Fixpoint sweep_check (D : dictionary) (h : hints) (act : PM.t unit) (T : state) (rs : list stmt)
    (bs : list (positive * list dstmt)) {struct rs} : result state :=
  match rs with
  | [] => match bs with [] => Ok T | (z, _) :: _ => Bad "a block that belongs to no statement of P in its place" z end
  | s :: rs =>
      let z := s_var s in
      match PM.find z (bar_of T) with
      | None =>
          let* _ := need (if mem z act then true else forallb (fun o => negb (depends act o)) (s_args s))
            "an operand that the result depends on" z in
          sweep_check D h act T rs bs
      | Some b =>
          match bs with
          | [] => Bad "a statement that the result depends on has no block" z
          | (z', body) :: bs =>
              let* _ := need (Pos.eqb z' z) "a block is missing or out of order" z in
              match lookup D (s_op s) with
              | None => Bad "an operation that the dictionary does not have" z
              | Some e =>
                  let* _ := need (covered act 0 (s_args s) (e_rule e)) "an operation without an adjoint rule" z in
                  let* _ := need (mem z act) "a bar of what depends on no parameter" z in
                  let* _ := need (forallb (forward_operand (k_of T)) (s_args s)) "an operand that has no value here" z in
                  let* _ := need (is_forward (k_of T) z) "an operation that has no value here" z in
                  let c := Ctx (s_args s) (Some z) (Some b) (mem b (one_of T)) in
                  let* T := block D h c T (items_of act (s_args s) (e_rule e)) body in
                  sweep_check D h act T rs bs
              end
          end
      end
  end.

(* ---------- the forward part ---------- *)

Definition known (k : PM.t kind) (o : operand) : bool := match o with Var x => mem x k | Num _ => true end.

(* Each statement of P reads what is defined before it and defines something new. *)
Fixpoint well_formed (D : dictionary) (k : PM.t kind) (l : list stmt) : result (PM.t kind) :=
  match l with
  | [] => Ok k
  | s :: r =>
      let* _ := need (negb (mem (s_var s) k)) "a variable is defined twice" (s_var s) in
      let* _ := need (forallb (known k) (s_args s)) "an operand that has no value here" (s_var s) in
      let* _ := need (match lookup D (s_op s) with Some e => Nat.eqb (e_arity e) (List.length (s_args s)) | None => false end)
        "an operation that the dictionary does not have" (s_var s) in
      well_formed D (PM.add (s_var s) Fwd k) r
  end.

Fixpoint declare (k : PM.t kind) (l : list positive) : result (PM.t kind) :=
  match l with
  | [] => Ok k
  | x :: r => let* _ := need (negb (mem x k)) "a variable is defined twice" x in declare (PM.add x Fwd k) r
  end.

(* The variables that depend on a parameter differentiated by. *)
Definition active (p : program) : PM.t unit :=
  fold_left (fun m s => if existsb (depends m) (s_args s) then PM.add (s_var s) tt m else m) (p_stmts p)
    (fold_left (fun m (x : positive * bool) => if snd x then PM.add (fst x) tt m else m) (p_params p) (PM.empty unit)).

Definition stmt_eqb (s t : stmt) : bool :=
  if Pos.eqb (s_var s) (s_var t) then if String.eqb (s_op s) (s_op t) then ops_eqb (s_args s) (s_args t) else false else false.

Fixpoint same_stmts (l r : list stmt) : result unit :=
  match l, r with
  | [], [] => Ok tt
  | s :: l, t :: r => let* _ := need (stmt_eqb s t) "not the statement of P in its place" (s_var t) in same_stmts l r
  | s :: _, [] => Bad "a forward statement of P is missing" (s_var s)
  | [], t :: _ => Bad "a forward statement that P does not have" (s_var t)
  end.

Fixpoint same_params (l r : list (positive * bool)) : result unit :=
  match l, r with
  | [], [] => Ok tt
  | a :: l, b :: r => let* _ := need (if Pos.eqb (fst a) (fst b) then Bool.eqb (snd a) (snd b) else false)
                        "not the parameter of P in its place" (fst b) in same_params l r
  | a :: _, [] => Bad "a parameter of P is missing" (fst a)
  | [], b :: _ => Bad "a parameter that P does not have" (fst b)
  end.

(* ---------- seeds and results ---------- *)

(* The seeds as operands: the variables that hold them, or the literal 1 for one result. *)
Definition seed_operands (q : dump) : list operand :=
  match q_seeds q with [] => [Num 1] | l => map Var l end.

Fixpoint seed_items (act : PM.t unit) (k : nat) (rs : list operand) : list item :=
  match rs with
  | [] => []
  | Var x :: rs => if mem x act then Item x false (Arg k) :: seed_items act (S k) rs else seed_items act (S k) rs
  | Num _ :: rs => seed_items act (S k) rs
  end.

Fixpoint results_check (act : PM.t unit) (T : state) (params : list (positive * bool)) (l : list operand) : result unit :=
  match params with
  | [] => match l with [] => Ok tt | _ => Bad "more results than P's and the gradient" xH end
  | (x, false) :: r => results_check act T r l
  | (x, true) :: r =>
      match l with
      | [] => Bad "no gradient by this parameter" x
      | o :: l =>
          let* _ := need (match PM.find x (bar_of T) with
                          | Some b => op_eqb o (Var b) | None => op_eqb o (Num 0) end) "a result is not the bar of this parameter" x in
          let* _ := need (mem x act) "a parameter that is not differentiated by" x in
          results_check act T r l
      end
  end.

Fixpoint prefix_check (rs l : list operand) : result (list operand) :=
  match rs with
  | [] => Ok l
  | r :: rs => match l with
      | o :: l => let* _ := need (op_eqb r o) "a result is not P's" (match o with Var x => x | Num _ => xH end) in prefix_check rs l
      | [] => Bad "a result of P is missing" xH end
  end.

(* ---------- hints ---------- *)

Definition note_home (n : positive) (m : PM.t positive) (d : dstmt) : PM.t positive :=
  if mem (dtarget d) m then m else PM.add (dtarget d) n m.

Definition note (fwd : PM.t kind) (n z : positive) (st : PM.t positive * hints) (d : dstmt) : PM.t positive * hints :=
  let (home, h) := st in
  let h := fold_left (fun h o => match o with
    | Num _ => h
    | Var x => match PM.find x home with
        | Some m => if Pos.eqb m n then h
            else Hints (if mem x (h_owner h) then h_owner h else PM.add x z (h_owner h)) (PM.add x tt (h_bar h))
        | None => h end end) (dreads d) h in
  (note_home n home d, match d with DApply _ => h | _ => Hints (h_owner h) (PM.add (dtarget d) tt (h_bar h)) end).

Fixpoint note_results (params : list (positive * bool)) (l : list operand) (h : hints) : hints :=
  match params, l with
  | (x, true) :: r, o :: l => note_results r l (match o with
      | Var b => Hints (if mem b (h_owner h) then h_owner h else PM.add b x (h_owner h)) (PM.add b tt (h_bar h))
      | Num _ => h end)
  | (_, false) :: r, l => note_results r l h
  | _, _ => h
  end.

Definition hints_of (fwd : PM.t kind) (q : dump) (gradient : list operand) : hints :=
  let st := fold_left (note fwd 1 1) (q_seeding q) (PM.empty _, Hints (PM.empty _) (PM.empty _)) in
  let '(_, st) := fold_left (fun '(n, st) b => (Pos.succ n, fold_left (note fwd n (fst b)) (snd b) st)) (q_blocks q) (2%positive, st) in
  note_results (q_params q) gradient (snd st).

(* ---------- the whole ---------- *)

Definition certify_values (D : dictionary) (p : program) (q : dump) : result unit :=
  let* _ := need (dictionary_ok D) "the dictionary has a rule that is not linear in the bar" xH in
  let* k0 := declare (PM.empty _) (map fst (p_params p)) in
  let* k1 := well_formed D k0 (p_stmts p) in
  let* _ := need (forallb (known k1) (p_results p)) "a result of P has no value" xH in
  let* _ := same_params (p_params p) (q_params q) in
  let* _ := same_stmts (p_stmts p) (q_forward q) in
  let* gradient := prefix_check (p_results p) (q_results q) in
  let* _ := need (match q_seeds q with [] => Nat.eqb (List.length (p_results p)) 1 | l => Nat.eqb (List.length (p_results p)) (List.length l) end)
    "not a seed for each result" xH in
  let* k2 := declare k1 (q_seeds q) in
  let act := active p in
  let h := hints_of k2 q gradient in
  let* T := block D h (Ctx (seed_operands q) None None false)
    (State k2 (PM.empty _) (PM.empty _) (PM.empty _) []) (seed_items act 0 (p_results p)) (q_seeding q) in
  let* T := sweep_check D h act T (rev' (p_stmts p)) (q_blocks q) in
  let* _ := need (forallb (forward_operand (k_of T)) (p_results p)) "a result of P has no value" xH in
  results_check act T (p_params p) gradient.

(* Written by `nad dictionary --format coq`; a test holds it to the code. *)
From Coq Require Import List String QArith.
From NadProof Require Import Term.
Import ListNotations.
Open Scope string_scope.

Definition standard : list entry := [
  Entry "+" 2 [] false [Gives 0 Bar; Gives 1 Bar];
  Entry "-" 2 [] false [Gives 0 Bar; Takes 1 Bar];
  Entry "neg" 1 [] false [Takes 0 Bar];
  Entry "*" 2 [0; 1] false [Gives 0 (App "*" [Bar; Arg 1]); Gives 1 (App "*" [Bar; Arg 0])];
  Entry "/" 2 [1] false [Gives 0 (App "/" [Bar; Arg 1]); Takes 1 (App "*" [App "/" [Bar; Arg 1]; Res])];
  Entry "fma" 3 [0; 1] false [Gives 0 (App "*" [Bar; Arg 1]); Gives 1 (App "*" [Bar; Arg 0]); Gives 2 Bar];
  Entry "sqrt" 1 [] false [Gives 0 (App "/" [Bar; App "+" [Res; Res]])];
  Entry "exp" 1 [] false [Gives 0 (App "*" [Bar; Res])];
  Entry "log" 1 [] false [Gives 0 (App "/" [Bar; Arg 0])];
  Entry "log1p" 1 [] false [Gives 0 (App "/" [Bar; App "+" [Lit (1 # 1)%Q; Arg 0]])];
  Entry "expm1" 1 [] false [Gives 0 (App "*" [Bar; App "+" [Res; Lit (1 # 1)%Q]])];
  Entry "sin" 1 [] false [Gives 0 (App "*" [Bar; App "cos" [Arg 0]])];
  Entry "cos" 1 [] false [Takes 0 (App "*" [Bar; App "sin" [Arg 0]])];
  Entry "tan" 1 [] false [Gives 0 (App "*" [Bar; App "+" [Lit (1 # 1)%Q; App "*" [Res; Res]]])];
  Entry "asin" 1 [] false [Gives 0 (App "/" [Bar; App "sqrt" [App "-" [Lit (1 # 1)%Q; App "*" [Arg 0; Arg 0]]]])];
  Entry "acos" 1 [] false [Takes 0 (App "/" [Bar; App "sqrt" [App "-" [Lit (1 # 1)%Q; App "*" [Arg 0; Arg 0]]]])];
  Entry "atan" 1 [] false [Gives 0 (App "/" [Bar; App "+" [Lit (1 # 1)%Q; App "*" [Arg 0; Arg 0]]])];
  Entry "sinh" 1 [] false [Gives 0 (App "*" [Bar; App "cosh" [Arg 0]])];
  Entry "cosh" 1 [] false [Gives 0 (App "*" [Bar; App "sinh" [Arg 0]])];
  Entry "tanh" 1 [] false [Gives 0 (App "*" [Bar; App "-" [Lit (1 # 1)%Q; App "*" [Res; Res]]])];
  Entry "sigmoid" 1 [] false [Gives 0 (App "*" [Bar; App "*" [Res; App "-" [Lit (1 # 1)%Q; Res]]])];
  Entry "softplus" 1 [] false [Gives 0 (App "*" [Bar; App "sigmoid" [Arg 0]])];
  Entry "erf" 1 [] false [Gives 0 (App "*" [App "*" [Const "1.1283791670955126" (5641895835477563 # 5000000000000000)%Q; Bar]; App "exp" [App "neg" [App "*" [Arg 0; Arg 0]]]])];
  Entry "pow" 2 [] false [Gives 0 (App "*" [Bar; App "*" [Arg 1; App "pow" [Arg 0; App "-" [Arg 1; Lit (1 # 1)%Q]]]]); Gives 1 (App "*" [Bar; App "xlogy" [Res; Arg 0]])];
  Entry "relu" 1 [] false [Gives 0 (App "relu'" [Arg 0; Bar])];
  Entry "abs" 1 [] false [Gives 0 (App "abs'" [Arg 0; Bar])];
  Entry "max" 2 [] false [Gives 0 (App "max'1" [Arg 0; Arg 1; Bar]); Gives 1 (App "max'2" [Arg 0; Arg 1; Bar])];
  Entry "min" 2 [] false [Gives 0 (App "min'1" [Arg 0; Arg 1; Bar]); Gives 1 (App "min'2" [Arg 0; Arg 1; Bar])];
  Entry "hypot" 2 [] false [Gives 0 (App "*" [App "norm2'" [Res; Bar]; Arg 0]); Gives 1 (App "*" [App "norm2'" [Res; Bar]; Arg 1])];
  Entry "sign" 1 [] false [];
  Entry "step" 1 [] false [];
  Entry "floor" 1 [] false [];
  Entry "ceil" 1 [] false [];
  Entry "round" 1 [] false [];
  Entry "relu'" 2 [] true [Gives 1 (App "relu'" [Arg 0; Bar])];
  Entry "abs'" 2 [] true [Gives 1 (App "abs'" [Arg 0; Bar])];
  Entry "max'1" 3 [] true [Gives 2 (App "max'1" [Arg 0; Arg 1; Bar])];
  Entry "max'2" 3 [] true [Gives 2 (App "max'2" [Arg 0; Arg 1; Bar])];
  Entry "min'1" 3 [] true [Gives 2 (App "min'1" [Arg 0; Arg 1; Bar])];
  Entry "min'2" 3 [] true [Gives 2 (App "min'2" [Arg 0; Arg 1; Bar])];
  Entry "norm2'" 2 [] true [Gives 1 (App "norm2'" [Arg 0; Bar])];
  Entry "xlogy" 2 [] false [Gives 0 (App "*" [Bar; App "log" [Arg 1]]); Gives 1 (App "/" [App "*" [Bar; Arg 0]; Arg 1])];
  Entry "mul0" 2 [0; 1] false [Gives 0 (App "*" [Bar; Arg 1]); Gives 1 (App "*" [Bar; Arg 0])];
  Entry "div0" 2 [1] false [Gives 0 (App "/" [Bar; Arg 1]); Takes 1 (App "*" [App "/" [Bar; Arg 1]; Res])]
]%nat.

(* The price of each, and its price where an operand is a constant of which the entry says that it matters. *)
Definition unit_prices : list (string * (Q * Q)) := [
  ("+", ((1 # 1)%Q, (1 # 1)%Q));
  ("-", ((1 # 1)%Q, (1 # 1)%Q));
  ("neg", ((1 # 1)%Q, (1 # 1)%Q));
  ("*", ((1 # 1)%Q, (1 # 1)%Q));
  ("/", ((1 # 1)%Q, (1 # 1)%Q));
  ("fma", ((2 # 1)%Q, (2 # 1)%Q));
  ("sqrt", ((1 # 1)%Q, (1 # 1)%Q));
  ("exp", ((1 # 1)%Q, (1 # 1)%Q));
  ("log", ((1 # 1)%Q, (1 # 1)%Q));
  ("log1p", ((1 # 1)%Q, (1 # 1)%Q));
  ("expm1", ((1 # 1)%Q, (1 # 1)%Q));
  ("sin", ((1 # 1)%Q, (1 # 1)%Q));
  ("cos", ((1 # 1)%Q, (1 # 1)%Q));
  ("tan", ((1 # 1)%Q, (1 # 1)%Q));
  ("asin", ((1 # 1)%Q, (1 # 1)%Q));
  ("acos", ((1 # 1)%Q, (1 # 1)%Q));
  ("atan", ((1 # 1)%Q, (1 # 1)%Q));
  ("sinh", ((1 # 1)%Q, (1 # 1)%Q));
  ("cosh", ((1 # 1)%Q, (1 # 1)%Q));
  ("tanh", ((1 # 1)%Q, (1 # 1)%Q));
  ("sigmoid", ((1 # 1)%Q, (1 # 1)%Q));
  ("softplus", ((2 # 1)%Q, (2 # 1)%Q));
  ("erf", ((1 # 1)%Q, (1 # 1)%Q));
  ("pow", ((3 # 1)%Q, (3 # 1)%Q));
  ("relu", ((1 # 1)%Q, (1 # 1)%Q));
  ("abs", ((1 # 1)%Q, (1 # 1)%Q));
  ("max", ((1 # 1)%Q, (1 # 1)%Q));
  ("min", ((1 # 1)%Q, (1 # 1)%Q));
  ("hypot", ((4 # 1)%Q, (4 # 1)%Q));
  ("sign", ((1 # 1)%Q, (1 # 1)%Q));
  ("step", ((1 # 1)%Q, (1 # 1)%Q));
  ("floor", ((1 # 1)%Q, (1 # 1)%Q));
  ("ceil", ((1 # 1)%Q, (1 # 1)%Q));
  ("round", ((1 # 1)%Q, (1 # 1)%Q));
  ("relu'", ((1 # 1)%Q, (1 # 1)%Q));
  ("abs'", ((1 # 1)%Q, (1 # 1)%Q));
  ("max'1", ((1 # 1)%Q, (1 # 1)%Q));
  ("max'2", ((1 # 1)%Q, (1 # 1)%Q));
  ("min'1", ((1 # 1)%Q, (1 # 1)%Q));
  ("min'2", ((1 # 1)%Q, (1 # 1)%Q));
  ("norm2'", ((1 # 1)%Q, (1 # 1)%Q));
  ("xlogy", ((2 # 1)%Q, (2 # 1)%Q));
  ("mul0", ((1 # 1)%Q, (1 # 1)%Q));
  ("div0", ((1 # 1)%Q, (1 # 1)%Q))
].

Definition multiplicative_prices : list (string * (Q * Q)) := [
  ("+", ((0 # 1)%Q, (0 # 1)%Q));
  ("-", ((0 # 1)%Q, (0 # 1)%Q));
  ("neg", ((0 # 1)%Q, (0 # 1)%Q));
  ("*", ((1 # 1)%Q, (0 # 1)%Q));
  ("/", ((1 # 1)%Q, (0 # 1)%Q));
  ("fma", ((1 # 1)%Q, (0 # 1)%Q));
  ("sqrt", ((1 # 1)%Q, (1 # 1)%Q));
  ("exp", ((1 # 1)%Q, (1 # 1)%Q));
  ("log", ((1 # 1)%Q, (1 # 1)%Q));
  ("log1p", ((1 # 1)%Q, (1 # 1)%Q));
  ("expm1", ((1 # 1)%Q, (1 # 1)%Q));
  ("sin", ((1 # 1)%Q, (1 # 1)%Q));
  ("cos", ((1 # 1)%Q, (1 # 1)%Q));
  ("tan", ((1 # 1)%Q, (1 # 1)%Q));
  ("asin", ((1 # 1)%Q, (1 # 1)%Q));
  ("acos", ((1 # 1)%Q, (1 # 1)%Q));
  ("atan", ((1 # 1)%Q, (1 # 1)%Q));
  ("sinh", ((1 # 1)%Q, (1 # 1)%Q));
  ("cosh", ((1 # 1)%Q, (1 # 1)%Q));
  ("tanh", ((1 # 1)%Q, (1 # 1)%Q));
  ("sigmoid", ((1 # 1)%Q, (1 # 1)%Q));
  ("softplus", ((2 # 1)%Q, (2 # 1)%Q));
  ("erf", ((1 # 1)%Q, (1 # 1)%Q));
  ("pow", ((3 # 1)%Q, (2 # 1)%Q));
  ("relu", ((0 # 1)%Q, (0 # 1)%Q));
  ("abs", ((0 # 1)%Q, (0 # 1)%Q));
  ("max", ((0 # 1)%Q, (0 # 1)%Q));
  ("min", ((0 # 1)%Q, (0 # 1)%Q));
  ("hypot", ((3 # 1)%Q, (1 # 1)%Q));
  ("sign", ((0 # 1)%Q, (0 # 1)%Q));
  ("step", ((0 # 1)%Q, (0 # 1)%Q));
  ("floor", ((0 # 1)%Q, (0 # 1)%Q));
  ("ceil", ((0 # 1)%Q, (0 # 1)%Q));
  ("round", ((0 # 1)%Q, (0 # 1)%Q));
  ("relu'", ((0 # 1)%Q, (0 # 1)%Q));
  ("abs'", ((0 # 1)%Q, (0 # 1)%Q));
  ("max'1", ((0 # 1)%Q, (0 # 1)%Q));
  ("max'2", ((0 # 1)%Q, (0 # 1)%Q));
  ("min'1", ((0 # 1)%Q, (0 # 1)%Q));
  ("min'2", ((0 # 1)%Q, (0 # 1)%Q));
  ("norm2'", ((1 # 1)%Q, (1 # 1)%Q));
  ("xlogy", ((2 # 1)%Q, (1 # 1)%Q));
  ("mul0", ((1 # 1)%Q, (0 # 1)%Q));
  ("div0", ((1 # 1)%Q, (0 # 1)%Q))
].

Definition weighted_prices : list (string * (Q * Q)) := [
  ("+", ((1 # 1)%Q, (1 # 1)%Q));
  ("-", ((1 # 1)%Q, (1 # 1)%Q));
  ("neg", ((1 # 1)%Q, (1 # 1)%Q));
  ("*", ((1 # 1)%Q, (1 # 1)%Q));
  ("/", ((4 # 1)%Q, (4 # 1)%Q));
  ("fma", ((2 # 1)%Q, (2 # 1)%Q));
  ("sqrt", ((4 # 1)%Q, (4 # 1)%Q));
  ("exp", ((10 # 1)%Q, (10 # 1)%Q));
  ("log", ((10 # 1)%Q, (10 # 1)%Q));
  ("log1p", ((10 # 1)%Q, (10 # 1)%Q));
  ("expm1", ((10 # 1)%Q, (10 # 1)%Q));
  ("sin", ((10 # 1)%Q, (10 # 1)%Q));
  ("cos", ((10 # 1)%Q, (10 # 1)%Q));
  ("tan", ((10 # 1)%Q, (10 # 1)%Q));
  ("asin", ((10 # 1)%Q, (10 # 1)%Q));
  ("acos", ((10 # 1)%Q, (10 # 1)%Q));
  ("atan", ((10 # 1)%Q, (10 # 1)%Q));
  ("sinh", ((10 # 1)%Q, (10 # 1)%Q));
  ("cosh", ((10 # 1)%Q, (10 # 1)%Q));
  ("tanh", ((10 # 1)%Q, (10 # 1)%Q));
  ("sigmoid", ((10 # 1)%Q, (10 # 1)%Q));
  ("softplus", ((20 # 1)%Q, (20 # 1)%Q));
  ("erf", ((10 # 1)%Q, (10 # 1)%Q));
  ("pow", ((21 # 1)%Q, (21 # 1)%Q));
  ("relu", ((1 # 1)%Q, (1 # 1)%Q));
  ("abs", ((1 # 1)%Q, (1 # 1)%Q));
  ("max", ((1 # 1)%Q, (1 # 1)%Q));
  ("min", ((1 # 1)%Q, (1 # 1)%Q));
  ("hypot", ((7 # 1)%Q, (7 # 1)%Q));
  ("sign", ((1 # 1)%Q, (1 # 1)%Q));
  ("step", ((1 # 1)%Q, (1 # 1)%Q));
  ("floor", ((1 # 1)%Q, (1 # 1)%Q));
  ("ceil", ((1 # 1)%Q, (1 # 1)%Q));
  ("round", ((1 # 1)%Q, (1 # 1)%Q));
  ("relu'", ((1 # 1)%Q, (1 # 1)%Q));
  ("abs'", ((1 # 1)%Q, (1 # 1)%Q));
  ("max'1", ((1 # 1)%Q, (1 # 1)%Q));
  ("max'2", ((1 # 1)%Q, (1 # 1)%Q));
  ("min'1", ((1 # 1)%Q, (1 # 1)%Q));
  ("min'2", ((1 # 1)%Q, (1 # 1)%Q));
  ("norm2'", ((4 # 1)%Q, (4 # 1)%Q));
  ("xlogy", ((11 # 1)%Q, (11 # 1)%Q));
  ("mul0", ((1 # 1)%Q, (1 # 1)%Q));
  ("div0", ((4 # 1)%Q, (4 # 1)%Q))
].

(* omega as NAD computes it: the largest over which operands are constants. *)
Definition unit_omega : list (string * Q) := [
  ("+", (3 # 1)%Q);
  ("-", (3 # 1)%Q);
  ("neg", (2 # 1)%Q);
  ("*", (5 # 1)%Q);
  ("/", (5 # 1)%Q);
  ("fma", (7 # 2)%Q);
  ("sqrt", (4 # 1)%Q);
  ("exp", (3 # 1)%Q);
  ("log", (3 # 1)%Q);
  ("log1p", (4 # 1)%Q);
  ("expm1", (4 # 1)%Q);
  ("sin", (4 # 1)%Q);
  ("cos", (4 # 1)%Q);
  ("tan", (5 # 1)%Q);
  ("asin", (6 # 1)%Q);
  ("acos", (6 # 1)%Q);
  ("atan", (5 # 1)%Q);
  ("sinh", (4 # 1)%Q);
  ("cosh", (4 # 1)%Q);
  ("tanh", (5 # 1)%Q);
  ("sigmoid", (5 # 1)%Q);
  ("softplus", (5 # 2)%Q);
  ("erf", (7 # 1)%Q);
  ("pow", (14 # 3)%Q);
  ("relu", (3 # 1)%Q);
  ("abs", (3 # 1)%Q);
  ("max", (5 # 1)%Q);
  ("min", (5 # 1)%Q);
  ("hypot", (9 # 4)%Q);
  ("relu'", (3 # 1)%Q);
  ("abs'", (3 # 1)%Q);
  ("max'1", (3 # 1)%Q);
  ("max'2", (3 # 1)%Q);
  ("min'1", (3 # 1)%Q);
  ("min'2", (3 # 1)%Q);
  ("norm2'", (3 # 1)%Q);
  ("xlogy", (4 # 1)%Q);
  ("mul0", (5 # 1)%Q);
  ("div0", (5 # 1)%Q)
].

Definition multiplicative_omega : list (string * Q) := [
  ("+", (1 # 1)%Q);
  ("-", (1 # 1)%Q);
  ("neg", (1 # 1)%Q);
  ("*", (3 # 1)%Q);
  ("/", (3 # 1)%Q);
  ("fma", (3 # 1)%Q);
  ("sqrt", (2 # 1)%Q);
  ("exp", (2 # 1)%Q);
  ("log", (2 # 1)%Q);
  ("log1p", (2 # 1)%Q);
  ("expm1", (2 # 1)%Q);
  ("sin", (3 # 1)%Q);
  ("cos", (3 # 1)%Q);
  ("tan", (3 # 1)%Q);
  ("asin", (4 # 1)%Q);
  ("acos", (4 # 1)%Q);
  ("atan", (3 # 1)%Q);
  ("sinh", (3 # 1)%Q);
  ("cosh", (3 # 1)%Q);
  ("tanh", (3 # 1)%Q);
  ("sigmoid", (3 # 1)%Q);
  ("softplus", (2 # 1)%Q);
  ("erf", (4 # 1)%Q);
  ("pow", (11 # 3)%Q);
  ("relu", (1 # 1)%Q);
  ("abs", (1 # 1)%Q);
  ("max", (1 # 1)%Q);
  ("min", (1 # 1)%Q);
  ("hypot", (2 # 1)%Q);
  ("relu'", (1 # 1)%Q);
  ("abs'", (1 # 1)%Q);
  ("max'1", (1 # 1)%Q);
  ("max'2", (1 # 1)%Q);
  ("min'1", (1 # 1)%Q);
  ("min'2", (1 # 1)%Q);
  ("norm2'", (2 # 1)%Q);
  ("xlogy", (3 # 1)%Q);
  ("mul0", (3 # 1)%Q);
  ("div0", (3 # 1)%Q)
].

Definition weighted_omega : list (string * Q) := [
  ("+", (3 # 1)%Q);
  ("-", (3 # 1)%Q);
  ("neg", (2 # 1)%Q);
  ("*", (5 # 1)%Q);
  ("/", (11 # 4)%Q);
  ("fma", (7 # 2)%Q);
  ("sqrt", (5 # 2)%Q);
  ("exp", (6 # 5)%Q);
  ("log", (3 # 2)%Q);
  ("log1p", (8 # 5)%Q);
  ("expm1", (13 # 10)%Q);
  ("sin", (11 # 5)%Q);
  ("cos", (11 # 5)%Q);
  ("tan", (7 # 5)%Q);
  ("asin", (21 # 10)%Q);
  ("acos", (21 # 10)%Q);
  ("atan", (17 # 10)%Q);
  ("sinh", (11 # 5)%Q);
  ("cosh", (11 # 5)%Q);
  ("tanh", (7 # 5)%Q);
  ("sigmoid", (7 # 5)%Q);
  ("softplus", (8 # 5)%Q);
  ("erf", (5 # 2)%Q);
  ("pow", (59 # 21)%Q);
  ("relu", (3 # 1)%Q);
  ("abs", (3 # 1)%Q);
  ("max", (5 # 1)%Q);
  ("min", (5 # 1)%Q);
  ("hypot", (15 # 7)%Q);
  ("relu'", (3 # 1)%Q);
  ("abs'", (3 # 1)%Q);
  ("max'1", (3 # 1)%Q);
  ("max'2", (3 # 1)%Q);
  ("min'1", (3 # 1)%Q);
  ("min'2", (3 # 1)%Q);
  ("norm2'", (9 # 4)%Q);
  ("xlogy", (29 # 11)%Q);
  ("mul0", (5 # 1)%Q);
  ("div0", (11 # 4)%Q)
].

(* The checker as an OCaml program. Numbers stay Coq's own; strings, lists, pairs and truth values become OCaml's. *)
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlNativeString ZArith QArith.
From NadProof Require Import Syntax Checker Certify Dictionary.
Extraction Language OCaml.
Extraction "certified.ml" judge_texts standard Qred Z.add Z.mul.

(* Theorems about the real numbers: `make check` allows the axioms in assumptions.txt, the standard library's real numbers. *)
From NadProof Require Import Curves Entries Programs.
Print Assumptions program_conservative.
Print Assumptions entries_path_differentiable.
Print Assumptions programs_conservative.

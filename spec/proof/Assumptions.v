(* What each theorem assumes; `make check` compares with assumptions.txt. *)
From NadProof Require Import Certify Table.
Print Assumptions certify_sound.
Print Assumptions certify_gradient.
Print Assumptions judge_texts_sound.
Print Assumptions dictionary_is_linear.
Print Assumptions unit_table.
Print Assumptions multiplicative_table.
Print Assumptions weighted_table.

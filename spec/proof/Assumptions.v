(* What each theorem assumes; `make check` compares with assumptions.txt. *)
From NadProof Require Import Certify Duality Bound Table.
Print Assumptions certify_sound.
Print Assumptions certify_gradient.
Print Assumptions judge_texts_sound.
Print Assumptions duality.
Print Assumptions certify_duality.
Print Assumptions local.
Print Assumptions cheap_gradient.
Print Assumptions omega_stmt_largest.
Print Assumptions cheap_gradient_constant.
Print Assumptions dictionary_is_linear.
Print Assumptions unit_table.
Print Assumptions multiplicative_table.
Print Assumptions weighted_table.
Print Assumptions five_unit.
Print Assumptions three_multiplicative.
Print Assumptions five_certified.
Print Assumptions three_certified.
Print Assumptions five_is_least.

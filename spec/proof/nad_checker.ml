(* Reads P and Q in the plain form and asks the extracted checker. Nothing here decides: what cannot be read is refused with
   its place, everything else is handed on as it was written. *)
open Certified

exception Refused of string * int * int * string

(* ---------- numbers ---------- *)

let rec pos n = if n = 1 then XH else if n land 1 = 0 then XO (pos (n lsr 1)) else XI (pos (n lsr 1))
let z_of_int n = if n = 0 then Z0 else if n > 0 then Zpos (pos n) else Zneg (pos (-n))
let rec int_of_pos = function XH -> 1 | XO p -> 2 * int_of_pos p | XI p -> 2 * int_of_pos p + 1
let rec nat n = let rec go k a = if k = 0 then a else go (k - 1) (S a) in go n O

(* decimal digits, any number of them: nine at a time *)
let z_of_digits s =
  let n = String.length s in
  let rec go i acc =
    if i >= n then acc
    else
      let m = min 9 (n - i) in
      let scale = int_of_float (10. ** float_of_int m) in
      go (i + m) (Z.add (Z.mul acc (z_of_int scale)) (z_of_int (int_of_string ("0u" ^ String.sub s i m)))) in
  go 0 Z0

(* decimal digits of a positive number, least first *)
let rec digits = function
  | XH -> [1]
  | XO p -> double 0 (digits p)
  | XI p -> double 1 (digits p)
and double carry = function
  | [] -> if carry = 0 then [] else [carry]
  | d :: r -> let e = 2 * d + carry in (e mod 10) :: double (e / 10) r

let text_of_pos p = String.concat "" (List.rev_map string_of_int (digits p))
let text_of_q q =
  let { qnum = n; qden = d } = qred q in
  let whole = match n with Z0 -> "0" | Zpos p -> text_of_pos p | Zneg p -> "-" ^ text_of_pos p in
  if d = XH then whole else whole ^ "/" ^ text_of_pos d

(* ---------- lines and tokens ---------- *)

type token = { text : string; column : int }

let tokens line =
  let stop = match String.index_opt line ';' with Some i -> i | None -> String.length line in
  let blank c = c = ' ' || c = '\t' || c = '\r' in
  let rec go i acc =
    if i >= stop then List.rev acc
    else if blank line.[i] then go (i + 1) acc
    else
      let j = ref i in
      while !j < stop && not (blank line.[!j]) do incr j done;
      go !j ({ text = String.sub line i (!j - i); column = i + 1 } :: acc) in
  go 0 []

let all_digits s = s <> "" && String.for_all (fun c -> c >= '0' && c <= '9') s

type reader = { file : string; mutable number : int }
let refuse r column why = raise (Refused (r.file, r.number, column, why))

let natural r t what =
  if not (all_digits t.text) then refuse r t.column ("expected " ^ what ^ ", found `" ^ t.text ^ "`");
  if String.length t.text > 15 then refuse r t.column (what ^ " is too large: `" ^ t.text ^ "`");
  int_of_string ("0u" ^ t.text)

let variable r t = pos (natural r t "the number of a variable" + 1)

let rational r t s =
  let bad () = refuse r t.column ("not a rational number: `" ^ t.text ^ "`") in
  let whole s = let neg = s <> "" && s.[0] = '-' in
    let s = if neg then String.sub s 1 (String.length s - 1) else s in
    if not (all_digits s) then bad ();
    match z_of_digits s with Zpos p when neg -> Zneg p | z -> z in
  match String.index_opt s '/' with
  | None -> { qnum = whole s; qden = XH }
  | Some i ->
      let n = whole (String.sub s 0 i) in
      (match whole (String.sub s (i + 1) (String.length s - i - 1)) with
       | Zpos d -> { qnum = n; qden = d } | _ -> bad ())

let operand r t =
  if t.text.[0] = '#' then Num (rational r t (String.sub t.text 1 (String.length t.text - 1))) else Var (variable r t)

(* ---------- the plain form ---------- *)

type text = {
  mutable prices : (string, (q * q)) Hashtbl.t; mutable declared : (string * int) list; mutable header : string list;
  mutable params : (positive * bool) list; mutable seeds : positive list; mutable forward : stmt list;
  mutable seeding : dstmt list; mutable blocks : (positive * dstmt list) list; mutable body : dstmt list;
  mutable results : operand list }

type stage = Head | Forward | Seeding | Block of positive | Results | Done

(* dump: whether the text may have an adjoint part. *)
let read file dump =
  let input = try open_in_bin file with Sys_error _ -> raise (Refused (file, 1, 1, "cannot be read")) in
  let r = { file; number = 0 } in
  let x = { prices = Hashtbl.create 97; declared = []; header = []; params = []; seeds = []; forward = []; seeding = [];
            blocks = []; body = []; results = [] } in
  let stage = ref Head and begun = ref false in
  let names = Hashtbl.create 17 in
  let close () =
    (match !stage with
     | Seeding -> x.seeding <- List.rev x.body
     | Block z -> x.blocks <- (z, List.rev x.body) :: x.blocks
     | _ -> ());
    x.body <- [] in
  let adjoint t = match !stage with
    | Seeding | Block _ -> ()
    | _ -> refuse r t.column ("`" ^ t.text ^ "` stands in the adjoint part, behind `seeds`") in
  let head t = if !stage <> Head then refuse r t.column ("`" ^ t.text ^ "` stands before the first statement") in
  let only_dump t = if not dump then refuse r t.column ("`" ^ t.text ^ "` does not belong to a program, only to a dump") in
  let wrong t n = refuse r t.column ("`" ^ t.text ^ "` takes " ^ n) in
  let statement line t rest =
    match t.text, rest with
    | "op", [name; arity; price; by_constant] ->
        head t;
        ignore (natural r arity "an arity");
        let a = rational r price price.text and b = rational r by_constant by_constant.text in
        if Hashtbl.mem x.prices name.text then refuse r name.column ("`" ^ name.text ^ "` has a price already");
        Hashtbl.replace x.prices name.text (a, b)
    | "op", _ -> wrong t "a name, an arity and two prices"
    | "declared", name :: arity :: _ ->
        head t;
        let n = natural r arity "an arity" in
        if n > 1000 then refuse r arity.column "an arity of 1000 at most";
        if Hashtbl.mem names name.text then refuse r name.column ("`" ^ name.text ^ "` is declared twice");
        Hashtbl.replace names name.text ();
        x.declared <- (name.text, n) :: x.declared;
        x.header <- String.trim line :: x.header
    | "declared", _ -> wrong t "a name, an arity and the function's text"
    | "select", _ :: _ -> head t; x.header <- String.concat " " (List.map (fun t -> t.text) (t :: rest)) :: x.header
    | "select", [] -> wrong t "a name and what is selected"
    | ("param" | "data"), [v] -> head t; x.params <- (variable r v, t.text = "param") :: x.params
    | ("param" | "data"), _ -> wrong t "the number of a variable"
    | "seed", [v] -> only_dump t; (match !stage with Head | Forward -> () | _ -> refuse r t.column "`seed` stands before `seeds`");
        x.seeds <- variable r v :: x.seeds
    | "seed", _ -> wrong t "the number of a variable"
    | "=", target :: op :: operands ->
        let s = { s_var = variable r target; s_op = op.text; s_args = List.map (operand r) operands } in
        (match !stage with
         | Head | Forward -> stage := Forward; x.forward <- s :: x.forward
         | Seeding | Block _ -> x.body <- DApply s :: x.body
         | Results | Done -> refuse r t.column "a statement behind the results")
    | "=", _ -> wrong t "a variable, an operation and its operands"
    | "seeds", [] -> only_dump t; (match !stage with Head | Forward -> stage := Seeding | _ -> refuse r t.column "`seeds` stands once, behind the forward statements")
    | "seeds", _ -> wrong t "nothing"
    | "adjoint", [v] -> only_dump t; adjoint t; let z = variable r v in close (); stage := Block z
    | "adjoint", _ -> wrong t "the number of a variable"
    | ("set" | "add" | "sub"), [v; o] ->
        only_dump t; adjoint t;
        let v = variable r v and o = operand r o in
        x.body <- (match t.text with "set" -> DSet (v, o) | "add" -> DAdd (v, o) | _ -> DSub (v, o)) :: x.body
    | ("set" | "add" | "sub"), _ -> wrong t "a variable and an operand"
    | "result", [o] ->
        (match !stage with
         | Results -> ()
         | Done -> refuse r t.column "a result behind `end`"
         | (Head | Forward) when dump -> refuse r t.column "the results stand behind `seeds` and the adjoint blocks"
         | _ -> close (); stage := Results);
        x.results <- operand r o :: x.results
    | "result", _ -> wrong t "an operand"
    | "end", [] -> if !stage <> Results then refuse r t.column "`end` stands behind the results"; stage := Done
    | "end", _ -> wrong t "nothing"
    | _ -> refuse r t.column ("not a statement of the plain form: `" ^ t.text ^ "`") in
  (try
     while true do
       let line = input_line input in
       r.number <- r.number + 1;
       match tokens line with
       | [] -> ()
       | t :: rest when not !begun ->
           (match t.text, rest with
            | "slp", [{ text = "1"; _ }] -> begun := true
            | "slp", v :: _ -> refuse r v.column ("version 1 of the plain form is read, not `" ^ v.text ^ "`")
            | _ -> refuse r t.column "the first line is `slp 1`")
       | t :: _ when !stage = Done -> refuse r t.column ("`" ^ t.text ^ "` behind `end`")
       | t :: rest -> statement line t rest
     done
   with End_of_file -> close_in input
      | Sys_error _ -> raise (Refused (file, max 1 r.number, 1, "cannot be read")));
  if not !begun then refuse { r with number = max 1 r.number } 1 "the first line is `slp 1`";
  if !stage <> Done then begin r.number <- r.number + 1; refuse r 1 "the text ends without `end`" end;
  x

(* The answer in one line, and the exit status. *)
let judge program dump =
  try
    let p = read program false and q = read dump true in
    let prices name = Hashtbl.find_opt p.prices name in
    let declared = List.rev_map (fun (f, n) -> (f, nat n)) p.declared in
    let tree = { p_params = List.rev p.params; p_stmts = List.rev p.forward; p_results = List.rev p.results } in
    let adjoint = { q_params = List.rev q.params; q_seeds = List.rev q.seeds; q_forward = List.rev q.forward;
                    q_seeding = q.seeding; q_blocks = List.rev q.blocks; q_results = List.rev q.results } in
    match judge_texts standard declared prices (List.sort compare p.header) (List.sort compare q.header) tree adjoint with
    | Ok v ->
        (Printf.sprintf "HOLDS cost(P) = %s, cost(Q) = %s, omega = %s, bound = %s" (text_of_q v.cost_p) (text_of_q v.cost_q)
           (text_of_q v.omega) (text_of_q v.bound), 0)
    | Bad (why, at) -> (Printf.sprintf "BROKEN: %s (at variable %d)" why (int_of_pos at - 1), 1)
  with
  | Stack_overflow -> (program ^ ":1:1: the program is too long for this machine's stack", 2)
  | Refused (file, line, column, why) -> (Printf.sprintf "%s:%d:%d: %s" file line column why, 2)

let () =
  match Sys.argv with
  | [| _; "-" |] ->
      (* pairs of files, a program's and a dump's in turn, one to a line of the standard input: an answer to a line *)
      (try
         while true do
           let program = input_line stdin in
           let dump = input_line stdin in
           print_endline (fst (judge program dump))
         done
       with End_of_file -> ())
  | [| _; program; dump |] ->
      let answer, status = judge program dump in
      if status = 2 then prerr_endline answer else print_endline answer;
      exit status
  | _ -> prerr_endline "usage: nad-checker P.slp Q.slp"; exit 2

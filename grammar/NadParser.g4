// The concrete syntax of NAD; spec/1-syntax.md. Binding from loosest to tightest is the chain
// sum, product, unary, power, postfix, atom. Decisions need one token of lookahead except where noted.
parser grammar NadParser;

options { tokenVocab = NadLexer; }

file
    : item? (separator item?)* EOF
    ;

// Values that are given outside of a file.
settings
    : newlines setting (COMMA newlines setting)* newlines EOF
    ;

setting
    : name ASSIGN expression
    ;

// What is typed at a prompt.
typedStatement
    : newlines statement newlines EOF
    ;

typedExpression
    : newlines expression newlines EOF
    ;

separator
    : NEWLINE
    | SEMICOLON
    ;

item
    : USE STRING                                                            #use
    | CONST name ASSIGN expression                                          #constant
    | ELEMENTARY name LPAREN names RPAREN (COST expression)? newlines LBRACE piece? (separator piece?)* RBRACE
                                                                            #elementary
    | DICTIONARY name newlines LBRACE clause? (separator clause?)* RBRACE
                                                                            #dictionary
    | PROGRAM name sizes? LPAREN parameters? RPAREN (OVER name)? newlines body
                                                                            #program
    ;

newlines
    : NEWLINE*
    ;

names
    : name (COMMA name)*
    ;

piece
    : WHEN condition COLON newlines expression                              #when
    | OTHERWISE COLON newlines expression                                   #otherwise
    ;

condition
    : left=sum relation=(LT | LE | GT | GE | EQ) right=sum
    ;

clause
    : ALLOW operationName+                                                  #allow
    | COST price (COMMA price)*                                             #prices
    | AT operationName place=atPlace SELECT value=selected                  #selection
    ;

price
    : operationName ASSIGN expression
    ;

operationName
    : name PRIME?
    | PLUS | MINUS | TIMES | OVERSIGN | MATMUL | POWER
    ;

atPlace
    : TIE
    | expression
    ;

// A number, or the two weights of a tie.
selected
    : expression
    | LPAREN expression (COMMA expression)+ RPAREN
    ;

sizes
    : LT size (COMMA size)* GT
    ;

size
    : name (ASSIGN sum)?
    ;

parameters
    : parameter (COMMA parameter)*
    ;

// Two tokens of lookahead tell `data x` from a parameter named data.
parameter
    : DATA name type?
    | name type?
    ;

type
    : COLON REAL (LBRACKET expression (COMMA expression)* RBRACKET)?
    ;

body
    : LBRACE statement? (separator statement?)* RBRACE
    ;

statement
    : target relation=(ASSIGN | PLUSASSIGN | MINUSASSIGN) expression clauses?   #assignment
    | FOR name IN expression DOTS expression newlines body                  #loop
    | ADJOINT name newlines body                                            #adjoint
    | RETURN expression (COMMA expression)*                                 #return
    ;

target
    : name subscripts?
    ;

subscripts
    : LBRACKET subscript (COMMA subscript)* RBRACKET
    ;

subscript
    : expression (DOTS expression)?
    | DOTS
    ;

clauses
    : FOR range (COMMA range)*
    ;

range
    : name IN expression DOTS expression
    ;

expression
    : sum
    ;

sum
    : product (sign+=(PLUS | MINUS) product)*
    ;

product
    : unary (sign+=(TIMES | OVERSIGN | MATMUL) unary)*
    ;

unary
    : MINUS* power
    ;

power
    : postfix (POWER unary)?
    ;

postfix
    : atom (subscripts | TRANSPOSED)*
    ;

atom
    : NUMBER                                                                #number
    | name (PRIME? LPAREN arguments RPAREN)?                                #nameOrCall
    | LPAREN expression RPAREN                                              #parenthesis
    | LBRACKET elements? RBRACKET                                           #list
    ;

elements
    : expression (clauses | (COMMA expression)*)
    ;

// An empty list is for the checker to refuse, in words.
arguments
    : (argument (COMMA argument)* clauses? (SEMICOLON expression)?)?
    ;

argument
    : (name ASSIGN)? expression
    ;

name
    : NAME | DATA | REAL | OVER | COST | ALLOW | AT | SELECT | TIE
    ;

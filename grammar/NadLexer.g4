// The words of NAD; spec/1-syntax.md. No operation is named here: functions are names like any other.
// Newlines inside ( ) and [ ] are free: the parser's front drops those tokens (nad.syntax.Tokens).
lexer grammar NadLexer;

USE         : 'use';
CONST       : 'const';
ELEMENTARY  : 'elementary';
DICTIONARY  : 'dictionary';
PROGRAM     : 'program';
FOR         : 'for';
IN          : 'in';
ADJOINT     : 'adjoint';
RETURN      : 'return';
WHEN        : 'when';
OTHERWISE   : 'otherwise';

// Words only in their place; names everywhere else (parser rule `name`).
DATA        : 'data';
REAL        : 'real';
OVER        : 'over';
COST        : 'cost';
ALLOW       : 'allow';
AT          : 'at';
SELECT      : 'select';
TIE         : 'tie';

NAME        : LETTER (LETTER | DIGIT | '_')*;
NUMBER      : DIGIT+ ('.' DIGIT+)? ([eE] [+-]? DIGIT+)?;
STRING      : '"' ~["\r\n]* '"';
PRIME       : '\'' (DIGIT+ | 'T' | 'L' DIGIT*)?;

LPAREN      : '(';
RPAREN      : ')';
LBRACKET    : '[';
RBRACKET    : ']';
LBRACE      : '{';
RBRACE      : '}';
COMMA       : ',';
SEMICOLON   : ';';
COLON       : ':';
DOTS        : '..';
TRANSPOSED  : '.T';
ASSIGN      : '=';
PLUSASSIGN  : '+=';
MINUSASSIGN : '-=';
PLUS        : '+';
MINUS       : '-';
TIMES       : '*';
OVERSIGN    : '/';
MATMUL      : '@';
POWER       : '^';
LT          : '<';
LE          : '<=';
GT          : '>';
GE          : '>=';
EQ          : '==';

NEWLINE     : '\n';
BLANK       : [ \t\f\u00A0]+                            -> skip;
COMMENT     : '#' ~[\n]*                                -> skip;

// What is no word of the language becomes a token of its own, so that the parser's front can say what is wrong with it.
MALFORMED_NUMBER : DIGIT+ (LETTER | '_') (LETTER | DIGIT | '_')*
                 | DIGIT+ '.' DIGIT+ (LETTER | '_') (LETTER | DIGIT | '_')*
                 ;
OPEN_STRING : '"' ~["\r\n]*;
UNKNOWN     : .;

fragment LETTER : [\p{L}];
fragment DIGIT  : [0-9];

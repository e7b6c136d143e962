#!/bin/sh
# A gate on test strength alone is open where no test covers a mutant.
#
# Seen with: pitest-maven 1.30.2, pitest-junit5-plugin 1.2.3, JUnit 5.14.4, Maven 3.8.7, on JDK 17 and 25.
# Guess:     with testStrengthThreshold = 90, a run in which no test covers any mutant fails: nothing was killed.
# Behaviour: test strength is killed / covered. With nothing covered it is told as 100 %, and the build succeeds at any threshold.
#            That is reached by one slip: in the POM, two patterns with a comma in one <param> of <targetTests> are one pattern, which
#            matches nothing, while -DtargetTests=A,B on the command line is split at commas. Neither is warned of.
# What helps: mutationThreshold or coverageThreshold beside it; either fails then.
#
# Usage: findings/pitest-strength-without-tests.sh     needs a JDK 17 or later and mvn; downloads into a temporary folder; exits 0
# while the behaviour is as described, and 1 where it has changed.
set -u
command -v mvn >/dev/null 2>&1 || { echo "mvn is needed" >&2; exit 2; }
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT HUP INT TERM
mkdir -p "$dir/src/main/java/sample" "$dir/src/test/java/sample"

cat >"$dir/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sample</groupId><artifactId>sample</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.14.4</version><scope>test</scope></dependency>
  </dependencies>
  <build><plugins>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.16.0</version></plugin>
    <plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-resources-plugin</artifactId><version>3.5.0</version></plugin>
    <plugin>
      <groupId>org.pitest</groupId><artifactId>pitest-maven</artifactId><version>1.30.2</version>
      <dependencies><dependency>
        <groupId>org.pitest</groupId><artifactId>pitest-junit5-plugin</artifactId><version>1.2.3</version>
      </dependency></dependencies>
      <configuration>
        <targetClasses><param>sample.*</param></targetClasses>
        <targetTests><param>@TESTS@</param></targetTests>
        <testStrengthThreshold>90</testStrengthThreshold>
        <mutationThreshold>@MUTATION@</mutationThreshold>
        <coverageThreshold>@COVERAGE@</coverageThreshold>
      </configuration>
    </plugin>
  </plugins></build>
</project>
POM
cat >"$dir/src/main/java/sample/Sum.java" <<'JAVA'
package sample;

public final class Sum {
    private Sum() {}

    public static int of(int x, int y) {
        return x + y;
    }
}
JAVA
cat >"$dir/src/test/java/sample/SumTest.java" <<'JAVA'
package sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SumTest {
    @Test
    void addsTwo() {
        assertEquals(5, Sum.of(2, 3));
    }
}
JAVA

changed=0
# run NAME TESTS MUTATION COVERAGE: prints what the run says; sets `log`
run() {
  log=$dir/$1.log
  sed -e "s/@TESTS@/$2/" -e "s/@MUTATION@/$3/" -e "s/@COVERAGE@/$4/" "$dir/pom.xml" >"$dir/pom-$1.xml"
  (cd "$dir" && mvn -B -ntp "-Dmaven.repo.local=$dir/repository" -f "pom-$1.xml" test-compile org.pitest:pitest-maven:1.30.2:mutationCoverage) >"$log" 2>&1
  echo "$1: tests '$2', thresholds: strength 90, mutation $3, coverage $4"
  grep -E '^>> (Generated|Mutations)|tests examined|BUILD|score of' "$log" | sort -u | sed 's/^/    /'
}
expect() {
  grep -q -- "$2" "$log" || { echo "CHANGED ($1): expected '$2'"; changed=1; }
}

run covered 'sample.*' 0 0
expect covered 'BUILD SUCCESS'
expect covered 'Killed [1-9]'

run comma 'sample.SumTest,other.*' 0 0
expect comma 'Test strength 100%'
expect comma 'Killed 0 (0%)'
expect comma 'BUILD SUCCESS'

run mutation 'sample.SumTest,other.*' 1 0
expect mutation 'BUILD FAILURE'

run coverage 'sample.SumTest,other.*' 0 1
expect coverage 'BUILD FAILURE'

[ "$changed" = 0 ] && echo "as described"
exit "$changed"

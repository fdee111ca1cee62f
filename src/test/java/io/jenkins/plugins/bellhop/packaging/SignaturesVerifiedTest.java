package io.jenkins.plugins.bellhop.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The default build trusts its signatures of Jenkins; so none may land that wasn't compared with the real class. */
class SignaturesVerifiedTest {

    @Test
    void theSignaturesAreThoseThatWereComparedWithJenkins() throws IOException {
        assertThat(Files.readAllLines(SignatureSources.VERIFIED))
                .as("src/jenkins-api/java has changed since it was compared with Jenkins. Compare it again:%n"
                        + "  mvn -f pom-jenkins.xml test -Dtest=SignatureTest -Dbellhop.verified.write")
                .contains(SignatureSources.digest());
    }
}

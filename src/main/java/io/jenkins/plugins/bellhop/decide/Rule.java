package io.jenkins.plugins.bellhop.decide;

import java.util.Optional;

/** One reason to build or not to build. */
interface Rule {

    /** Empty when this rule has nothing to say and the next one is to be asked. */
    Optional<Decision> answer(Question question) throws Undecided;
}

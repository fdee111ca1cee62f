package io.jenkins.plugins.bellhop.sandbox.state;

/**
 * In what forges differ beside their words.
 *
 * @param pullRefs what the refs that follow pull requests begin with, such as {@code refs/pull/}
 * @param headRef the last part of the ref that follows the head
 * @param publishesPullRefs whether the base repository has those refs, and with them a fork's commits
 * @param keysDieWithTheirToken whether a deploy key goes when the token that made it goes
 * @param reopensPulls whether a pull request that was closed without merging can be opened again
 * @param deletesPulls whether a pull request can be deleted
 * @param declinesOrphans whether deleting the head branch closes its pull requests
 * @param remembersNames whether a former name still leads to the repository
 * @param ownersAreProjects whether repositories belong to projects, which aren't people; {@code ~name} is the project
 *     of one person
 */
public record Habits(
        String pullRefs,
        String headRef,
        boolean publishesPullRefs,
        boolean keysDieWithTheirToken,
        boolean reopensPulls,
        boolean deletesPulls,
        boolean declinesOrphans,
        boolean remembersNames,
        boolean ownersAreProjects) {

    String head(int number) {
        return pullRefs + number + "/" + headRef;
    }

    String merge(int number) {
        return pullRefs + number + "/merge";
    }
}

package io.jenkins.plugins.bellhop.contract;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A complaint that the description is to blame for.
 *
 * @param complaint what the whole complaint looks like
 */
record Pardon(Pattern complaint, String reason) {

    static final List<Pardon> ALL = List.of(
            of(
                    "Bitbucket Cloud: GET .*: Query parameter (page|pagelen) is not described",
                    "the paging of all lists is described once, in the introduction's prose"),
            of(
                    "Bitbucket Cloud: GET .*/pullrequests: Query parameter q is not described",
                    "the operation's own prose says that it can be filtered, which is done by q"),
            of(
                    "Bitbucket Cloud: GET .*/diffstat/.*: Query parameter from_pullrequest_id is not described",
                    "that is where a pull request's diffstat redirects to, as links in recorded answers show"),
            of(
                    "Bitbucket Data Center: GET .*/users: Query parameter (limit|permission\\.\\w+) is not described",
                    "the operation's own prose names the filters of permissions, and says that a page is answered"),
            of(
                    "Bitbucket Cloud: (POST|PUT) .*: Request body must have required property 'type'",
                    "demanded of every object, but absent from the operations' own examples"),
            of(
                    "Bitbucket Data Center: GET .*/webhooks: Query parameter (limit|start) is not described",
                    "described as answering a page of webhooks, and pages are asked for by these everywhere else"),
            of(
                    "Bitbucket Data Center: (POST|PUT) .*/webhooks.*: Member configuration\\.secret is not described",
                    "described as an object and no further; the manual's page on webhooks names the member"),
            of(
                    "GitHub( Enterprise Server)?: GET /user: Response 200 body must match exactly one schema in oneOf",
                    "described as one of two accounts that differ in required members alone, which nobody is held to here"),
            of(
                    ".*: Unable to match the returned status code [345].*",
                    "few operations list every redirect and error that they may be answered with"),
            of(
                    "Bitbucket Cloud: .*: Response 200 .*(commit|links|summary) must NOT have additional properties;.*",
                    "described as complete, but recorded answers have these members"),
            of(
                    "Bitbucket Cloud: .*: Response 400 .*error must NOT have additional properties; found 'fields'",
                    "described as complete, but the introduction's prose on errors shows the member"),
            of(
                    "Bitbucket Data Center: .*: Response .*createdDate must be string",
                    "described as text, but recorded answers have milliseconds as numbers"),
            of(
                    "Bitbucket Data Center: POST .*/webhooks: Unable to match the returned status code 201.*",
                    "servers answer that something was created, as they do to every other POST that creates"));

    private static Pardon of(String complaint, String reason) {
        return new Pardon(Pattern.compile(complaint), reason);
    }

    boolean covers(String text) {
        return complaint.matcher(text).matches();
    }
}

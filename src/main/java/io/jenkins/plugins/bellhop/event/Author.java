package io.jenkins.plugins.bellhop.event;

/**
 * Who opened a pull request.
 *
 * @param id the forge's own id of the account, which stays when the account is renamed
 * @param name what people and the forge's API call the account today; untrusted text
 */
public record Author(String id, String name) {

    public Author {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("expected an account's id, found none");
        }
    }

    /** For sentences. */
    public String described() {
        return Quoted.text(name);
    }
}

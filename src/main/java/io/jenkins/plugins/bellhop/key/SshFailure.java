package io.jenkins.plugins.bellhop.key;

import io.jenkins.plugins.bellhop.event.Quoted;
import io.jenkins.plugins.bellhop.event.RemoteUrl;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why git couldn't read or write a repository over SSH.
 *
 * @param kind what went wrong
 * @param sentence for people: the key offered, by fingerprint, the repository, what happened, and what to do; one line
 *     without control characters, of bounded length
 */
public record SshFailure(Kind kind, String sentence) {

    /** Characters of what ssh and git printed that are looked at; a forge's banner and git's own words fit many times. */
    public static final int LONGEST_OUTPUT = 65_536;

    /** Characters of one line that are looked at; a server could send endless ones to keep the search busy. */
    public static final int LONGEST_LINE = 1_000;

    /**
     * The known failures, in the order in which they are looked for: a more telling line wins over the general one that
     * follows it. The texts are those of OpenSSH, git, GitHub, Bitbucket and gitolite.
     */
    public enum Kind {
        HOST_KEY_REVOKED(
                "REVOKED HOST KEY DETECTED|is marked as revoked",
                "the server showed a revoked host key, so nothing was sent. Look for a proxy or a false address of this"
                        + " host, and don't add the key"),
        HOST_KEY_CHANGED(
                "REMOTE HOST IDENTIFICATION HAS CHANGED",
                "the server showed another host key than the known one, so nothing was sent. Compare its fingerprint with"
                        + " the one the server's owner publishes before you confirm the new key"),
        HOST_KEY_UNKNOWN(
                "Host key verification failed|No \\S+ host key is known for",
                "no trusted key of this host is known, so nothing was sent. Compare the host's fingerprint with the one"
                        + " its owner publishes, and confirm it once under Manage Jenkins, Bellhop, Host keys"),
        HOST_KEY_UNAVAILABLE(
                "no matching host key type found",
                "client and server know no common type of host key. Update the older of the two, or confirm a key of a"
                        + " type that both know"),
        KEY_READ_ONLY(
                "marked as read[- ]only|[W+] \\S+ \\S+ \\S+ DENIED by|Write access to repository not granted"
                        + "|denied to deploy key",
                "the key may read but not write. To push, use an additional or user key that may write; a deploy key of"
                        + " Bellhop's is read-only on purpose"),
        ACCESS_DENIED(
                "DENIED by|Permission to \\S+ denied to",
                "the server knows the key but doesn't let it into this repository. Give the key access there, and check"
                        + " the repository's name"),
        REPOSITORY_NOT_FOUND(
                "Repository not found|[Rr]epository does not exist|requested repository does not exist"
                        + "|[Rr]epository access denied|does not appear to be a git repository",
                "the server knows the key, but for this key there is no such repository. Check the name; if it is right,"
                        + " the key belongs to another repository or account: connect the repository again"),
        KEY_UNREADABLE(
                "error in libcrypto|Load key .*: (?:invalid format|Permission denied|bad permissions)"
                        + "|UNPROTECTED PRIVATE KEY FILE",
                "ssh couldn't read the private key file. Usual causes are a changed line end (CRLF), a missing last line"
                        + " end, or a file that others may read: install the key anew instead of copying it"),
        TOO_MANY_KEYS(
                "Too many authentication failures",
                "the server gave up after too many keys. Another ssh configuration or agent offers keys of its own here:"
                        + " let only this key be offered (IdentitiesOnly)"),
        KEY_REFUSED(
                "Permission denied \\([a-z,-]*publickey|no mutual signature (?:algorithm|supported)",
                "the server doesn't accept the key. It was deleted or disabled there, its maker lost access, or it was"
                        + " never added: choose Check, then Repair, on the job's page \"Repository connection\""),
        HOST_NAME_UNKNOWN(
                "Could not resolve hostname",
                "the host's name can't be resolved. Check its spelling, and the name server of the machine that tried"),
        CONNECTION_REFUSED(
                "Connection refused",
                "nothing answers at the host's SSH port. Check the port, and whether the server has SSH switched on"),
        CONNECTION_TIMED_OUT(
                "Connection timed out|Operation timed out|No route to host|Network is unreachable|not responding",
                "the host can't be reached in time. Check firewalls and proxies between; where only port 443 is open, use"
                        + " ssh.github.com:443 or altssh.bitbucket.org:443"),
        CONNECTION_LOST(
                "Connection closed by|Connection reset by|kex_exchange_identification|Broken pipe",
                "the connection broke before the repository was read. Try again; if it stays so, the server or something"
                        + " between limits connections"),
        NO_SSH_ACCOUNT(
                "No user exists for uid",
                "the account that runs here has no entry in the machine's list of users, which ssh needs. Give the"
                        + " container's user an entry in /etc/passwd"),
        NO_SSH_PROGRAM(
                "ssh: (?:command )?not found|cannot run ssh|cannot exec 'ssh|unable to fork",
                "git couldn't start ssh. Install the OpenSSH client on the machine that tried"),
        TOOK_TOO_LONG("(?!)", "it took too long and was stopped. Try again; if it stays so, check the network between"),
        INTERRUPTED("(?!)", "it was interrupted before it ended. Try again"),
        ANSWER_TOO_LARGE("(?!)", "the list of branches is larger than Bellhop reads. Delete stale branches"),
        UNKNOWN("(?!)", "git failed for a reason Bellhop doesn't know. Read what it said");

        private final Pattern line;
        private final String explanation;

        Kind(String line, String explanation) {
            this.line = Pattern.compile(line);
            this.explanation = explanation;
        }

        private boolean isOfTheHost() {
            return name().startsWith("HOST_KEY");
        }

        private Optional<String> tellingLine(String output) {
            return output.lines()
                    .map(text -> text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text)
                    .filter(text -> line.matcher(text).find())
                    .findFirst();
        }
    }

    /**
     * Explains what ssh and git printed.
     *
     * @param output their standard error; only its first {@value #LONGEST_OUTPUT} characters are looked at
     */
    public static SshFailure explain(String output, Fingerprint offered, RemoteUrl repository) {
        String bounded = output.length() > LONGEST_OUTPUT ? output.substring(0, LONGEST_OUTPUT) : output;
        Kind kind = Arrays.stream(Kind.values())
                .filter(candidate -> candidate.tellingLine(bounded).isPresent())
                .findFirst()
                .orElse(Kind.UNKNOWN);
        String line = kind == Kind.UNKNOWN
                ? lastLine(bounded)
                : kind.tellingLine(bounded).orElseThrow();
        return new SshFailure(
                kind, sentence(kind, offered, repository) + " Git said: " + Quoted.text(line.strip()) + ".");
    }

    /** Whether the server was reached and said no to this key. Otherwise nothing was learnt of it. */
    public boolean isOfTheKey() {
        return kind == Kind.KEY_REFUSED || kind == Kind.ACCESS_DENIED || kind == Kind.REPOSITORY_NOT_FOUND;
    }

    /** A failure that no output tells. */
    static SshFailure of(Kind kind, Fingerprint offered, RemoteUrl repository) {
        return new SshFailure(kind, sentence(kind, offered, repository));
    }

    private static String sentence(Kind kind, Fingerprint offered, RemoteUrl repository) {
        // A key's fingerprint before words about the server's would be taken for the one to compare.
        return kind.isOfTheHost()
                ? "SSH server " + SshHost.of(repository) + " of " + repository + ": " + kind.explanation
                        + ". It would have been offered the key " + offered + "."
                : "Key " + offered + " for " + repository + ": " + kind.explanation + ".";
    }

    private static String lastLine(String output) {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }

    @Override
    public String toString() {
        return sentence;
    }
}

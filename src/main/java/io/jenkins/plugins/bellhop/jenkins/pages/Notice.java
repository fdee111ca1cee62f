package io.jenkins.plugins.bellhop.jenkins.pages;

import hudson.model.Item;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;

/** What a button came to. Waits in the session of who pressed it, and is told once, on the page of the same item. */
public final class Notice implements Serializable {

    private static final long serialVersionUID = 1L;

    private final boolean good;
    private final String text;

    Notice(boolean good, String text) {
        this.good = good;
        this.text = text;
    }

    static Notice good(String text) {
        return new Notice(true, text);
    }

    static Notice bad(String text) {
        return new Notice(false, text);
    }

    /** Programs have no session, and are told nothing later. */
    void leave(HttpServletRequest request, Item item) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.setAttribute(nameFor(item), this);
        }
    }

    /** Null when there is none. */
    static Notice take(HttpServletRequest request, Item item) {
        HttpSession session = request.getSession(false);
        if (session != null && session.getAttribute(nameFor(item)) instanceof Notice notice) {
            session.removeAttribute(nameFor(item));
            return notice;
        }
        return null;
    }

    private static String nameFor(Item item) {
        return Notice.class.getName() + " " + item.getFullName();
    }

    public boolean isGood() {
        return good;
    }

    public String getText() {
        return text;
    }
}

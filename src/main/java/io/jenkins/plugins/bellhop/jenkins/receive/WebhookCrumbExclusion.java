package io.jenkins.plugins.bellhop.jenkins.receive;

import hudson.Extension;
import hudson.security.csrf.CrumbExclusion;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Forges can't send Jenkins' crumb: they prove themselves by signature. Exempts exactly the hook's path. */
@Extension
public final class WebhookCrumbExclusion extends CrumbExclusion {

    @Override
    public boolean process(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getPathInfo();
        boolean isHook = path != null
                && path.startsWith(WebhookEndpoint.HOOK)
                && path.indexOf('/', WebhookEndpoint.HOOK.length()) < 0;
        if (!isHook) {
            return false;
        }
        chain.doFilter(request, response);
        return true;
    }
}

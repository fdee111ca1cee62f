package io.jenkins.plugins.bellhop.forge;

import io.jenkins.plugins.bellhop.forge.ForgeFailure.Kind;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One forge's API with several credentials: where one is refused, the next is tried, and serves from then on. It never goes
 * back, since to a credential that may not see a repository its keys look as if they were removed.
 */
public final class Alternatives {

    /** Credentials that a forge may not know: it locks out whom it refuses too often in a row. */
    static final int MOST_UNKNOWN = 3;

    /** To GitHub a private repository that the token may not see isn't there. */
    private static final Set<Kind> REFUSED = EnumSet.of(Kind.NOT_AUTHENTICATED, Kind.NOT_PERMITTED, Kind.NOT_FOUND);

    private final List<ForgeApi> apis;
    private final AtomicInteger serving = new AtomicInteger();

    private Alternatives(List<ForgeApi> apis) {
        this.apis = List.copyOf(apis);
    }

    /** @param apis at least one, the preferred one first */
    public static ForgeApi of(List<ForgeApi> apis) {
        return apis.size() == 1 ? apis.get(0) : new Alternatives(apis).api();
    }

    private ForgeApi api() {
        return proxy(
                ForgeApi.class,
                (proxy, port, none) ->
                        proxy(port.getReturnType(), (ignored, method, arguments) -> tried(port, method, arguments)));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** When all refuse, what the first one was told is what its owner should know. */
    private Object tried(Method port, Method method, Object[] arguments) throws Throwable {
        ForgeFailure first = null;
        int unknown = 0;
        for (int each = serving.get(); each < apis.size(); each++) {
            try {
                Object result = called(called(apis.get(each), port, null), method, arguments);
                serving.set(each);
                return result;
            } catch (ForgeFailure failure) {
                if (!REFUSED.contains(failure.kind())) {
                    throw failure;
                }
                first = first == null ? failure : first;
                unknown += failure.kind() == Kind.NOT_AUTHENTICATED ? 1 : 0;
                if (unknown == MOST_UNKNOWN) {
                    throw first;
                }
            }
        }
        throw first;
    }

    private static Object called(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package io.jenkins.plugins.bellhop.contract;

import io.jenkins.plugins.bellhop.forge.ForgeApi;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Notes which methods of a forge's ports were called, so that none is forgotten. */
final class WatchedApi {

    private final Set<String> called = new TreeSet<>();

    /** The same API, watched. */
    ForgeApi watch(ForgeApi api) {
        return watch(ForgeApi.class, api);
    }

    /** The methods of all ports that nobody called. */
    Set<String> uncalled() {
        Set<String> all = new TreeSet<>();
        Stream.of(ForgeApi.class.getMethods())
                .map(Method::getReturnType)
                .flatMap(port -> Stream.of(port.getMethods()))
                .forEach(method -> all.add(name(method)));
        all.removeAll(called);
        return all;
    }

    private <T> T watch(Class<T> type, T watched) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    called.add(name(method));
                    Object result = call(watched, method, arguments);
                    return type == ForgeApi.class ? watchPort(method.getReturnType(), result) : result;
                }));
    }

    private <T> T watchPort(Class<T> type, Object port) {
        return watch(type, type.cast(port));
    }

    private static Object call(Object watched, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(watched, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}

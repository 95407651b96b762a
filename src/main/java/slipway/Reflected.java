package slipway;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.stream.Stream;

/** An object of the container, whose classes an application cannot name. */
record Reflected(Object object) {
  /** The result of the one method of that name and number of parameters. */
  Reflected get(String method, Object... arguments) throws ReflectiveOperationException {
    return new Reflected(method(method, arguments.length).invoke(object, arguments));
  }

  /** Calls the one method of that name and number of parameters. */
  void call(String method, Object... arguments) throws ReflectiveOperationException {
    method(method, arguments.length).invoke(object, arguments);
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(object);
  }

  private Method method(String name, int parameters) throws NoSuchMethodException {
    Method method =
        Stream.of(object.getClass().getMethods())
            .filter(each -> each.getName().equals(name))
            .filter(each -> each.getParameterCount() == parameters && !each.isBridge())
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(object.getClass() + "." + name));
    method.setAccessible(true);
    return method;
  }

  /** Whether it has a method of that name. */
  boolean has(String method) {
    return Stream.of(object.getClass().getMethods())
        .anyMatch(each -> each.getName().equals(method));
  }

  Reflected field(String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return new Reflected(field.get(object));
  }

  /** Whether it is of exactly that class. */
  boolean isA(String name) {
    return object != null && object.getClass().getName().equals(name);
  }
}

package dev.anton.bench.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Explains every query that is run through it, as it was prepared and with its parameters, so that
 * what is explained is what the code runs. For one thread.
 */
public final class ExplainingDataSource extends DelegatingDataSource {

  private final List<QueryPlan> plans = new ArrayList<>();

  public ExplainingDataSource(DataSource target) {
    super(target);
  }

  /** The plans since the last call. */
  public List<QueryPlan> takePlans() {
    List<QueryPlan> taken = List.copyOf(plans);
    plans.clear();
    return taken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return proxy(
        Connection.class,
        (method, arguments) -> {
          Object result = call(method, connection, arguments);
          return result instanceof PreparedStatement statement
              ? explaining(connection, statement, (String) arguments[0])
              : result;
        });
  }

  /** Parameters go to both statements; a query is explained and then run. */
  private PreparedStatement explaining(
      Connection connection, PreparedStatement statement, String sql) throws SQLException {
    PreparedStatement explain =
        connection.prepareStatement("explain (analyze, buffers, settings) " + sql);
    return proxy(
        PreparedStatement.class,
        (method, arguments) -> {
          if (method.getName().equals("executeQuery")) {
            try (ResultSet rows = explain.executeQuery()) {
              plans.add(QueryPlan.read(sql, rows));
            }
          } else if (method.getName().startsWith("set") || method.getName().equals("close")) {
            call(method, explain, arguments);
          }
          return call(method, statement, arguments);
        });
  }

  /** A call of an interface's method. */
  @FunctionalInterface
  private interface Call {
    Object on(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call.on(method, arguments)));
  }

  private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

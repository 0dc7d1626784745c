import java.io.IOException;

/** Zeebe's broker; it ends when its input does, so that it never outlives who started it. */
public class Broker {
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(Broker::endWithInput);
    watch.setDaemon(true);
    watch.start();
    Class.forName("io.camunda.application.StandaloneBroker")
        .getMethod("main", String[].class)
        .invoke(null, (Object) args);
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException closed) {
      // As good as the end of it.
    }
    Runtime.getRuntime().halt(0);
  }
}

import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.grpc.ServerBuilder;
import io.grpc.ServerProvider;
import io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;

/** Zeebe's engine in memory behind its gateway, on loopback alone; it ends when its input does. */
public class Engine extends ServerProvider {
  public static void main(String[] args) throws Exception {
    EngineFactory.create(Integer.parseInt(args[0])).start();
    System.out.println("started");
    while (System.in.read() >= 0) {}
    Runtime.getRuntime().halt(0);
  }

  // Found as a service: without it the gateway would listen on every address.
  @Override
  protected ServerBuilder<?> builderForPort(int port) {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port));
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 10;
  }
}

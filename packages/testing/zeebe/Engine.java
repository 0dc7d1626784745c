import io.camunda.zeebe.process.test.api.RecordStreamSource;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.record.ValueType;
import io.grpc.ServerBuilder;
import io.grpc.ServerProvider;
import io.grpc.netty.NettyServerBuilder;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Zeebe's engine in memory behind its gateway, on loopback alone; it ends when its input does. A line with a
 * type of records is answered by a line with all records of it so far.
 */
public class Engine extends ServerProvider {
  public static void main(String[] args) throws Exception {
    var engine = EngineFactory.create(Integer.parseInt(args[0]));
    engine.start();
    var output =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    output.println("started");
    for (String line = input.readLine(); line != null; line = input.readLine())
      output.println("records " + write(engine.getRecordStreamSource(), ValueType.valueOf(line)));
    Runtime.getRuntime().halt(0);
  }

  private static String write(RecordStreamSource source, ValueType type) {
    var records = new StringJoiner(",", "[", "]");
    for (var record : source.getRecords())
      if (record.getValueType() == type) records.add(record.toJson());
    return records.toString();
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

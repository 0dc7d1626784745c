import io.camunda.zeebe.gateway.interceptors.InterceptorUtil;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;

/** Lets whoever calls by gRPC see the tenants of the property `tenants`, as Identity would one by one. */
public class TenantInterceptor implements ServerInterceptor {
  private final List<String> tenants = List.of(System.getProperty("tenants").split(","));

  @Override
  public <Request, Answer> ServerCall.Listener<Request> interceptCall(
      ServerCall<Request, Answer> call,
      Metadata headers,
      ServerCallHandler<Request, Answer> next) {
    Context context = InterceptorUtil.setAuthorizedTenants(tenants);
    return Contexts.interceptCall(context, call, headers, next);
  }
}

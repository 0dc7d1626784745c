import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The same for whoever calls by REST. */
public class TenantFilter implements Filter {
  private final List<String> tenants = List.of(System.getProperty("tenants").split(","));

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute("io.camunda.zeebe.gateway.rest.tenantIds", Optional.of(tenants));
    chain.doFilter(request, response);
  }
}

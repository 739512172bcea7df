package io.github.appaware.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test, or each test of the class, may use these far ends and no others; otherwise as {@link
 * DenyNetwork}. The decision server's policy applies as well: what it denies stays denied.
 */
@Documented
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NetworkExtension.class)
public @interface AllowNetwork {
  /**
   * Far ends as {@code HOST:PORT}: {@code localhost:*} for this machine, which includes listening;
   * {@code db.example.com:5432}, {@code *.example.com:443}, {@code 192.0.2.1:8000-8099}, {@code
   * [::1]:*}.
   */
  String[] value();
}

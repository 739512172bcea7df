package io.github.appaware.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test, or each test of the class, must not use the network: connections, look-ups, datagrams
 * and listening sockets are denied, on the thread of the test and on those that it starts. A test
 * in which something was denied fails, also where the code that it tests hides the exception.
 *
 * <p>Unix-domain sockets are not limited. Of several annotations the nearest counts: that of the
 * method, of its class, of the classes around it; then the configuration parameter {@value
 * NetworkExtension#DEFAULT}.
 */
@Documented
@Inherited
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NetworkExtension.class)
public @interface DenyNetwork {}

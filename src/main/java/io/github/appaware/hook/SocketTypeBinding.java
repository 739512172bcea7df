package io.github.appaware.hook;

import io.github.appaware.hook.advice.SocketType;
import java.util.Locale;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.ArgumentHandler;
import net.bytebuddy.asm.Advice.OffsetMapping;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Gives an advice parameter marked {@link SocketType} its value: a call of {@code
 * Net.getIntOption0(fd, false, SOL_SOCKET, SO_PROTOCOL)}, a private method of the woven class
 * itself. Only the kernel always knows whether a descriptor is a stream or a datagram socket.
 */
final class SocketTypeBinding implements OffsetMapping.Factory<SocketType> {
  private final int level;
  private final int option;

  private SocketTypeBinding(int level, int option) {
    this.level = level;
    this.option = option;
  }

  /**
   * The numbers of this operating system: Linux has its own, and {@code SO_PROTOCOL}, which tells
   * SCTP from TCP; all others have those of BSD.
   */
  static SocketTypeBinding here() {
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    return linux ? new SocketTypeBinding(1, 38) : new SocketTypeBinding(0xffff, 0x1008);
  }

  @Override
  public Class<SocketType> getAnnotationType() {
    return SocketType.class;
  }

  @Override
  public OffsetMapping make(
      ParameterDescription.InDefinedShape target,
      AnnotationDescription.Loadable<SocketType> annotation,
      AdviceType adviceType) {
    return new SocketTypeOfArgument(level, option);
  }

  private record SocketTypeOfArgument(int level, int option) implements OffsetMapping {
    @Override
    public Target resolve(
        TypeDescription instrumentedType,
        MethodDescription instrumentedMethod,
        Assigner assigner,
        ArgumentHandler argumentHandler,
        Advice.OffsetMapping.Sort sort) {
      MethodDescription getOption =
          instrumentedType
              .getDeclaredMethods()
              .filter(ElementMatchers.named("getIntOption0"))
              .getOnly();
      ParameterDescription descriptor = instrumentedMethod.getParameters().get(1);
      StackManipulation load =
          MethodVariableAccess.of(descriptor.getType())
              .loadFrom(argumentHandler.argument(descriptor.getOffset()));
      return new Target.ForStackManipulation(
          new StackManipulation.Compound(
              load,
              IntegerConstant.forValue(0),
              IntegerConstant.forValue(level),
              IntegerConstant.forValue(option),
              MethodInvocation.invoke(getOption.asDefined())));
    }
  }
}

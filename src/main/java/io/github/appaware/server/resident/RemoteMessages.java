package io.github.appaware.server.resident;

import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.ClientSession;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.WireException;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Handles what remote clients say. What a client may say depends on the role in its certificate;
 * its machine is the name there, whatever the client says itself.
 */
final class RemoteMessages implements ClientConnection.Handler {
  private static final String OTHER_VERSION = "install the same version of appaware on both sides";

  /** Of a run's name, which the client chooses. */
  private static final int MAX_NAME_LENGTH = 64;

  private final DecisionService service;
  private final ServerTrust trust;
  private final RemoteClients clients;
  private final RemoteRuns runs;
  private final RejectionLog rejections;
  private final Consumer<String> log;

  RemoteMessages(
      DecisionService service,
      ServerTrust trust,
      RemoteClients clients,
      RemoteRuns runs,
      RejectionLog rejections,
      Consumer<String> log) {
    this.service = service;
    this.trust = trust;
    this.clients = clients;
    this.runs = runs;
    this.rejections = rejections;
    this.log = log;
  }

  @Override
  public void receive(ClientConnection connection, Message message) throws IOException {
    RemoteClient client = clients.of(connection).orElse(null);
    if (client == null || client.isRejected()) {
      return;
    }
    PeerIdentity peer = client.peer().orElse(null);
    if (peer == null) {
      receiveUnenrolled(client, message);
    } else if (message instanceof Message.Renew renew) {
      renew(client, peer, renew);
    } else if (connection.session().isPresent()) {
      receive(connection, connection.session().get(), message);
    } else {
      receiveFirst(client, peer, message);
    }
  }

  private void receive(ClientConnection connection, ClientSession session, Message message)
      throws IOException {
    if (message instanceof Message.Ping) {
      connection.send(new Message.Pong());
    } else if (session instanceof ClientSession.AgentSession agent) {
      service.receiveFromAgent(
          connection, agent, message, pending -> pending.then().accept(pending.origin()));
    } else if (session instanceof ClientSession.ConsoleSession console) {
      receiveFromConsole(connection, console, message);
    } else {
      throw new WireException("not for a server: " + name(message));
    }
  }

  private void receiveFromConsole(
      ClientConnection connection, ClientSession.ConsoleSession console, Message message)
      throws IOException {
    if (message instanceof Message.Flush flush && !console.answers()) {
      connection.send(new Message.Noted(flush.id())); // it sends nothing that takes time
    } else if (message instanceof Message.Flush flush) {
      service.flush(connection, flush);
    } else if (!console.answers()
        || !service.receiveFromResponder(connection, console.user(), message)) {
      throw new WireException("a console may not say " + name(message));
    }
  }

  private void receiveFirst(RemoteClient client, PeerIdentity peer, Message message)
      throws IOException {
    if (message instanceof Message.Join join && peer.role() == Role.AGENT) {
      join(client, peer, join);
    } else if (message instanceof QuestionMessage.Watch watch && peer.role() != Role.AGENT) {
      watch(client, peer, watch);
    } else {
      throw new WireException("an " + peer.role().label() + " may not say " + name(message));
    }
  }

  private static String name(Message message) {
    return message.getClass().getSimpleName();
  }

  private void renew(RemoteClient client, PeerIdentity peer, Message.Renew renew)
      throws IOException {
    Message answer = trust.answer(peer, renew);
    if (answer instanceof Message.Renewed renewed) {
      client.renewed(trust.peer(renewed));
    }
    client.connection().send(answer);
  }

  /** A client without a certificate may ask for one, once, and nothing else. */
  private void receiveUnenrolled(RemoteClient client, Message message) throws IOException {
    if (!(message instanceof Message.Enroll enroll)) {
      throw new WireException("without a certificate, it may not say " + name(message));
    }
    if (enroll.version() != Message.VERSION) {
      refuseVersion(client, "client", enroll.version());
      return;
    }
    Message answer;
    try {
      answer = trust.answer(enroll);
    } catch (IOException e) {
      log.accept("can't enrol clients: " + e.getMessage());
      answer = new Message.Refused("the server can't write its register");
    }
    if (answer instanceof Message.Refused refused) {
      rejections.report(
          ServerMeters.Refusal.ENROLMENT,
          client.name(),
          "it may not enrol: " + refused.why(),
          "`appaware server token` makes a token, which is good once");
    }
    client.connection().finish(answer);
    boolean unused = client.reject();
  }

  private void join(RemoteClient client, PeerIdentity peer, Message.Join join) throws IOException {
    if (join.run().length() > MAX_NAME_LENGTH) {
      throw new WireException("a run's name of " + join.run().length() + " characters");
    }
    if (join.version() != Message.VERSION) {
      refuseVersion(client, "agent", join.version());
    } else {
      runs.join(client.connection(), peer, join);
    }
  }

  private void watch(RemoteClient client, PeerIdentity peer, QuestionMessage.Watch watch) {
    if (watch.version() != Message.VERSION) {
      refuseVersion(client, "console", watch.version());
    } else {
      service.admit(
          client.connection(),
          new ClientSession.ConsoleSession(peer.name(), peer.role() == Role.OPERATOR));
    }
  }

  private void refuseVersion(RemoteClient client, String what, int version) {
    boolean unused = client.reject();
    rejections.report(
        ServerMeters.Refusal.VERSION,
        client.name(),
        "its messages are of version " + version + ", this server's of " + Message.VERSION,
        OTHER_VERSION);
    client.connection().refuse(what + " and server are of different versions of appaware");
  }

  @Override
  public void violated(ClientConnection connection, Exception how) {
    clients
        .of(connection)
        .ifPresent(
            client ->
                rejections.report(
                    ServerMeters.Refusal.PROTOCOL, client.name(), how, help(client, how)));
  }

  private static String help(RemoteClient client, Exception how) {
    if (!(how instanceof WireException)) {
      return "its process or its network broke; it comes back by itself";
    }
    return client
        .peer()
        .map(
            peer ->
                "look what runs there; `appaware server revoke " + peer.name() + "` keeps it out")
        .orElse("it can enrol, with what `appaware server token` prints, and nothing else");
  }

  @Override
  public void gone(ClientConnection connection) {
    clients.remove(connection);
    service.gone(connection);
    if (connection.session().orElse(null) instanceof ClientSession.RunSession session) {
      runs.left(connection, session.run());
    }
  }
}

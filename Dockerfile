# One image recipe for all four services; the boot jar that `mvn package` made is what runs.
#   docker build --build-arg SERVICE=planner-service -t anton/planner-service .
ARG JRE_IMAGE=eclipse-temurin:25-jre-noble

FROM ${JRE_IMAGE} AS layers
ARG SERVICE
WORKDIR /unpack
COPY ${SERVICE}/target/${SERVICE}-*-SNAPSHOT.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --launcher --destination layers

FROM ${JRE_IMAGE}
ARG SERVICE
# The executor runs what plans ask for: the tests of projects in Python, Node.js and Java. For Java it needs a
# JDK (JRE_IMAGE says which image), and Maven keeps what it fetches below /tmp, the only place it may write to.
RUN if [ "$SERVICE" = executor-service ]; then \
      apt-get update && apt-get install -y --no-install-recommends python3 nodejs maven && rm -rf /var/lib/apt/lists/* \
      && echo '<settings><localRepository>/tmp/.m2/repository</localRepository></settings>' > /etc/maven/settings.xml; \
    fi
RUN groupadd --system --gid 10001 anton \
 && useradd --system --uid 10001 --gid anton --home-dir /app --shell /usr/sbin/nologin anton \
 && mkdir -p /workspace && chown anton:anton /workspace
WORKDIR /app
COPY --from=layers /unpack/layers/dependencies/ ./
COPY --from=layers /unpack/layers/spring-boot-loader/ ./
COPY --from=layers /unpack/layers/snapshot-dependencies/ ./
COPY --from=layers /unpack/layers/application/ ./
USER 10001
# JGit keeps what it measured of the file system below XDG_CONFIG_HOME; only /tmp need be writable.
ENV SERVER_ADDRESS=0.0.0.0 \
    XDG_CONFIG_HOME=/tmp/.config \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]

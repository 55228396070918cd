package dev.anton.planner.prompt;

import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The phrases that the rules know. */
final class Lexicon {

  record KindMeaning(ProjectKind kind, boolean certain) {}

  record TechnologyMeaning(String name, @Nullable Language language) {}

  static final Phrases<KindMeaning> KINDS =
      new Phrases<KindMeaning>()
          .add(
              new KindMeaning(ProjectKind.REST_API, true),
              """
              rest api, restful api, rest apis, rest, restful, api, apis, web api, http api,
              json api, rest service, restful service, web service, http service, rest server,
              http server, microservice, micro service, backend, back end, crud, crud api,
              endpoint, endpoints
              """)
          .add(
              new KindMeaning(ProjectKind.COMMAND_LINE_TOOL, true),
              """
              cli, cli tool, cli app, command line, command line tool, command line app,
              command line application, command line program, command line interface,
              commandline tool, terminal app, terminal tool, console app, console application,
              command line utility, command line script, command line client, cli utility, cli
              program, cli application, cli script, terminal program, terminal application,
              terminal utility, console tool, console program, shell tool, shell command, script
              """)
          .add(
              new KindMeaning(ProjectKind.LIBRARY, true),
              """
              library, package, sdk, module, framework, client library
              """)
          .add(
              new KindMeaning(ProjectKind.STATIC_SITE, true),
              """
              static site, static web site, static website, website, web site, landing page,
              homepage, home page, web page, webpage, html page, static html site, static html
              page, static pages, static web pages, static website generator, static site
              generator, portfolio site, portfolio website, documentation site, web pages, blog
              site
              """)
          .add(
              new KindMeaning(ProjectKind.DATA_PIPELINE, true),
              """
              data pipeline, etl, etl pipeline, etl job, etl process, etl script, etl tool, elt,
              elt pipeline, pipeline, batch job, batch pipeline, import job, data import, csv
              import, data import job, data processing pipeline, data processing job, data
              cleaning pipeline, data cleaning job, data cleaning script, data transformation
              """)
          .add(
              new KindMeaning(ProjectKind.WEB_APP, true),
              """
              web app, web application, webapp, frontend, front end, single page app, single
              page application, spa, dashboard
              """)
          .add(
              new KindMeaning(ProjectKind.MOBILE_APP, true),
              "mobile app, mobile application, ios app, iphone app, android app, phone app")
          .add(
              new KindMeaning(ProjectKind.DESKTOP_APP, true),
              "desktop app, desktop application, gui, gui app, gui application")
          .add(new KindMeaning(ProjectKind.GAME, true), "game, video game, browser game")
          .add(
              new KindMeaning(ProjectKind.BOT, true),
              "bot, chatbot, chat bot, discord bot, telegram bot, slack bot")
          .add(
              new KindMeaning(ProjectKind.COMMAND_LINE_TOOL, false),
              "tool, calculator, converter, scraper, crawler, parser")
          .add(
              new KindMeaning(ProjectKind.REST_API, false),
              """
              app, application, service, server, system, software, program, project, platform,
              prototype
              """);

  static final Phrases<Language> LANGUAGES =
      new Phrases<Language>()
          .add(Language.PYTHON, "python, python3, python 3")
          .add(Language.JAVASCRIPT, "javascript, js, node, node.js, nodejs, node js, npm")
          .add(Language.TYPESCRIPT, "typescript, ts")
          .add(Language.JAVA, "java, jdk, java 17, java 21, java 25, maven, junit")
          .add(Language.KOTLIN, "kotlin")
          .add(Language.SCALA, "scala")
          .add(Language.GO, "go, golang")
          .add(Language.RUST, "rust")
          .add(Language.C, "c")
          .add(Language.C_PLUS_PLUS, "c++, cpp")
          .add(Language.C_SHARP, "c#, csharp, c sharp, dotnet")
          .add(Language.RUBY, "ruby")
          .add(Language.PHP, "php")
          .add(Language.SWIFT, "swift")
          .add(Language.DART, "dart")
          .add(Language.ELIXIR, "elixir")
          .add(Language.HASKELL, "haskell")
          .add(Language.PERL, "perl")
          .add(Language.R, "r")
          .add(Language.LUA, "lua");

  static final Phrases<TechnologyMeaning> TECHNOLOGIES =
      new Phrases<TechnologyMeaning>()
          .add(new TechnologyMeaning("Django", Language.PYTHON), "django")
          .add(new TechnologyMeaning("Flask", Language.PYTHON), "flask")
          .add(new TechnologyMeaning("FastAPI", Language.PYTHON), "fastapi, fast api")
          .add(new TechnologyMeaning("Spring Boot", Language.JAVA), "spring boot, springboot")
          .add(new TechnologyMeaning("Quarkus", Language.JAVA), "quarkus")
          .add(new TechnologyMeaning("Micronaut", Language.JAVA), "micronaut")
          .add(new TechnologyMeaning("Ktor", Language.KOTLIN), "ktor")
          .add(
              new TechnologyMeaning("Express", Language.JAVASCRIPT),
              "express, express.js, expressjs")
          .add(new TechnologyMeaning("NestJS", Language.TYPESCRIPT), "nestjs, nest.js")
          .add(new TechnologyMeaning("React", Language.JAVASCRIPT), "react, react.js, reactjs")
          .add(new TechnologyMeaning("Vue", Language.JAVASCRIPT), "vue, vue.js, vuejs")
          .add(new TechnologyMeaning("Angular", Language.TYPESCRIPT), "angular")
          .add(new TechnologyMeaning("Svelte", Language.JAVASCRIPT), "svelte, sveltekit")
          .add(new TechnologyMeaning("Next.js", Language.JAVASCRIPT), "next.js, nextjs")
          .add(new TechnologyMeaning("Ruby on Rails", Language.RUBY), "rails, ruby on rails")
          .add(new TechnologyMeaning("Laravel", Language.PHP), "laravel")
          .add(new TechnologyMeaning("Symfony", Language.PHP), "symfony")
          .add(new TechnologyMeaning("Gin", Language.GO), "gin")
          .add(new TechnologyMeaning("Actix", Language.RUST), "actix")
          .add(new TechnologyMeaning("ASP.NET", Language.C_SHARP), "asp.net")
          .add(new TechnologyMeaning("Flutter", Language.DART), "flutter")
          .add(new TechnologyMeaning("GraphQL", null), "graphql")
          .add(new TechnologyMeaning("gRPC", null), "grpc")
          .add(new TechnologyMeaning("WebSocket", null), "websocket, websockets")
          .add(new TechnologyMeaning("PostgreSQL", null), "postgresql, postgres")
          .add(new TechnologyMeaning("MySQL", null), "mysql, mariadb")
          .add(new TechnologyMeaning("MongoDB", null), "mongodb, mongo")
          .add(new TechnologyMeaning("Redis", null), "redis")
          .add(new TechnologyMeaning("Kafka", null), "kafka")
          .add(new TechnologyMeaning("OAuth", null), "oauth, oauth2")
          .add(new TechnologyMeaning("JWT", null), "jwt, jwts");

  static final Phrases<Feature> FEATURES =
      new Phrases<Feature>()
          .add(
              Feature.STORAGE,
              """
              storage, sqlite, sqlite3, sqlite database, sqlite storage, database, db,
              persistence, persistent, persistent storage, persist, persists, persisted, saved
              to disk, survive a restart
              """)
          .add(
              Feature.AUTHENTICATION,
              """
              authentication, authorization, auth, login, log in, api key, api keys, api
              token, api tokens, bearer token, bearer tokens, bearer, token authentication,
              access control
              """)
          .add(
              Feature.TESTS,
              """
              tests, unit tests, unit test, test suite, integration tests, test coverage,
              tested
              """)
          .add(
              Feature.DOCS,
              "docs, documentation, documented, readme, api docs, api documentation, openapi")
          .add(
              Feature.CONTAINER,
              """
              docker, dockerfile, docker file, docker image, container file, container image,
              containerized, containerised, docker container, container, containers
              """)
          .add(
              Feature.CI,
              """
              ci, ci file, ci pipeline, ci workflow, ci job, github actions, github actions
              workflow, github workflow, continuous integration
              """);

  static final Phrases<String> FILLERS =
      new Phrases<String>()
          .add(
              "",
              """
              standard library, the standard library, stdlib, third party packages, third
              party package, third party libraries, external packages, external dependencies,
              other packages, unittest, no packages, without packages, zero
              dependencies, pure jdk, plain html
              """);

  /** Names that are ordinary words too: they count only where a name is expected. */
  static final Set<String> ORDINARY_WORDS =
      Tokens.words(
          "go c r rust swift ruby dart elixir express flask gin rails react angular node ts");

  static final Set<String> BUILD_VERBS =
      Tokens.words(
          """
          build create make write develop implement generate design code scaffold setup
          produce bootstrap need want like give provide building creating making writing
          developing program
          """);

  static final Set<String> QUESTION_WORDS =
      Tokens.words(
          """
          what who whom whose when where why how which is are do does did can could should
          will would
          """);

  /** Ask for words about something, not for the thing. */
  static final Set<String> TELLING_VERBS =
      Set.of("tell", "explain", "describe", "summarize", "summarise", "translate", "compare");

  /** What people ask to be written or made that is no software. */
  static final Set<String> NOT_SOFTWARE =
      Tokens.words(
          """
          poem poems haiku story stories tale novel essay song songs lyrics joke jokes
          letter speech article email recipe cake dinner sandwich pizza coffee house
          drawing painting picture image photo logo movie book resume cv cover diet
          workout itinerary trip summary translation limerick sonnet toast menu
          """);

  /** With a verb such as build, these are software though they name no kind. */
  static final Set<String> SOFTWARE_SUBJECTS =
      Tokens.words(
          """
          todo todos blog shop store webshop ecommerce crm erp cms wiki forum chat tracker
          shortener inventory calendar marketplace portal scheduler editor compiler
          interpreter simulator generator function algorithm class database plugin
          extension viewer
          """);

  private Lexicon() {}
}

package dev.anton.planner.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.brief.Entity;
import dev.anton.planner.brief.Feature;
import dev.anton.planner.brief.Field;
import dev.anton.planner.brief.FieldType;
import dev.anton.planner.brief.Language;
import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.ProjectKind;
import dev.anton.planner.brief.Reading.NoProject;
import dev.anton.planner.brief.Reading.Understood;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptReaderTest {

  @Test
  void theFirstPromptOfANewUserIsUnderstood() {
    ProjectBrief brief = brief("Build a REST API for a todo list in Python");

    assertThat(brief.kind()).isEqualTo(ProjectKind.REST_API);
    assertThat(brief.stack().label()).isEqualTo("Python");
    assertThat(brief.subject()).isEqualTo("todo list");
    assertThat(brief.entities()).extracting(Entity::signature).containsExactly("Todo(title, done)");
    assertThat(brief.features()).containsExactlyInAnyOrder(Feature.TESTS, Feature.DOCS);
    assertThat(brief.assumptions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the weather today?",
        "asdf",
        "Write me a poem about spring",
        "write a short story about a robot",
        "How are you?",
        "What is a REST API?",
        "Tell me about Python",
        "Explain what an API is",
        "Python",
        "42",
        "!!!",
        "🙂🙂🙂",
        "今日の天気は",
        "Build a house",
        "Make me a sandwich",
        "Write a book about dragons",
        "Can you help me with my homework?",
        "Translate this app description into German",
        "good morning",
        "Hello"
      })
  void whatIsNoSoftwareProjectIsRefusedWithAWayOut(String prompt) {
    assertThat(PromptReader.read(prompt))
        .isInstanceOfSatisfying(
            NoProject.class, none -> assertThat(none.reason()).contains("Build a REST API"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Build a REST API for a todo list in Python",
        "A REST API for books",
        "Can you build me a todo app?",
        "I need a backend for my bookshop",
        "Create a poem generator app",
        "How do I build a web service for notes in Python?",
        "Please write a small CLI tool that renames files",
        "Build a todo list",
        "todo REST API",
        "Baue eine REST-API für eine Todo-Liste in Python"
      })
  void whatDescribesSoftwareIsAccepted(String prompt) {
    assertThat(PromptReader.read(prompt)).isInstanceOf(Understood.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Build a good REST API for todos                         | REST_API          | PYTHON
          Build a REST API for todos in Go                        | REST_API          | GO
          A Go service for notes                                  | REST_API          | GO
          Build a REST API for places to go in Python             | REST_API          | PYTHON
          Write a Rust CLI that counts words                      | COMMAND_LINE_TOOL | RUST
          A REST API for a rust removal shop                      | REST_API          | PYTHON
          Build a Java library for parsing dates                  | LIBRARY           | JAVA
          Build a REST API in JavaScript, not in Java             | REST_API          | JAVASCRIPT
          A todo API with Express                                 | REST_API          | JAVASCRIPT
          Build a mobile app for runners in Kotlin                | MOBILE_APP        | KOTLIN
          Build a landing page for my bakery                      | STATIC_SITE       | PYTHON
          Build a REST API for a website in Python                | REST_API          | PYTHON
          Build a command-line tool for my game collection        | COMMAND_LINE_TOOL | PYTHON
          Build a game server REST API in C#                      | REST_API          | C_SHARP
          Build an ETL pipeline in Python                         | DATA_PIPELINE     | PYTHON
          A REST API using only the standard library of Python    | REST_API          | PYTHON
          Build a web app backend for invoices with Node.js       | REST_API          | JAVASCRIPT
          Build an app for my books in python3                    | REST_API          | PYTHON
          Build a REST API without tests in Python                | REST_API          | PYTHON
          Build a library with books and members in Python        | REST_API          | PYTHON
          a command line tool in Node that tracks expenses        | COMMAND_LINE_TOOL | JAVASCRIPT
          static site for my bakery with a menu, in Python        | STATIC_SITE       | PYTHON
          ETL that cleans a CSV of orders                         | DATA_PIPELINE     | PYTHON
          Java library for money amounts                          | LIBRARY           | JAVA
          A data pipeline in Java that imports measurements       | DATA_PIPELINE     | JAVA
          a Node.js package for recipes                           | LIBRARY           | JAVASCRIPT
          an npm package for colours                              | LIBRARY           | JAVASCRIPT
          A Maven project: REST API for a hotel                   | REST_API          | JAVA
          Make a portfolio site with projects in node             | STATIC_SITE       | JAVASCRIPT
          Write a Java CLI to manage my wine collection           | COMMAND_LINE_TOOL | JAVA
          a small terminal tool for tracking habits               | COMMAND_LINE_TOOL | PYTHON
          Build a website for a podcast in Java                   | STATIC_SITE       | JAVA
          Build a batch job in Node that loads sensors            | DATA_PIPELINE     | JAVASCRIPT
          """)
  void kindAndLanguageAreReadByWords(String prompt, ProjectKind kind, Language language) {
    ProjectBrief brief = brief(prompt);

    assertThat(brief.kind()).isEqualTo(kind);
    assertThat(brief.stack().language()).isEqualTo(language);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Build a REST API for a library with books and members | Book(title, author, isbn, year); Member(name, email, joined_on)
          a library with books and members who borrow books, as a REST API | Book(title, author, isbn, year, borrowed_by); Member(name, email, joined_on)
          REST API for books with title, author and year | Book(title, author, year)
          An API for books that have a title and a page count | Book(title, page_count)
          Build an API for blog posts with tags | BlogPost(title, body, published); Tag(name)
          A REST API to manage recipes | Recipe(title, ingredients, instructions, minutes)
          REST API for users, products and orders with authentication | User(name, email, active); Product(name, price, quantity); Order(customer, total, placed_on, shipped)
          Build a bookstore API | Book(title, author, isbn, year); Order(customer, total, placed_on, shipped)
          Build an API for tracking starships (name, crew: integer, launched: date) | Starship(name, crew, launched)
          A REST API where each sensor has a name and a location | Sensor(name, location)
          Users can create and delete notes through a REST API | Note(title, body)
          Build a REST API for to-do items with title and done | Todo(title, done)
          Build a REST API in Python | Item(name, description)
          REST API for a zoo with animals and keepers | Animal(name, description); Keeper(name, description)
          Build a REST API for sourdough starters with tests and docs | SourdoughStarter(name, description)
          A REST API for my wine collection in Python | Wine(name, description)
          A note has a title and a body. Build a REST API for it. | Note(title, body)
          REST API for a todo list with authentication in Python | Todo(title, done)
          REST API for a project with tasks | Project(name, description, done); Task(title, description, due_date, done, project)
          static site for my bakery with a menu and opening hours, in Python | Dish(name, description, price); OpeningHour(day, opens, closes)
          ETL that cleans a CSV of orders | Order(customer, total, placed_on, shipped)
          Java library for money amounts | MoneyAmount(currency, value)
          Python pipeline to clean customer data with rejects | Customer(name, email, phone)
          Build a batch job in Node that loads sensors and measurements | Sensor(name, location, active); Measurement(name, value, date)
          Create a CRUD API for a movie database with SQLite storage | Movie(title, director, year, rating)
          """)
  void entitiesAndTheirFieldsAreRead(String prompt, String signatures) {
    assertThat(brief(prompt).entities())
        .extracting(Entity::signature)
        .containsExactly(signatures.split("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A REST API for books and members who borrow books       | Book.borrowed_by → Member
          API for a library with books and members, where members can borrow books | Book.borrowed_by → Member
          REST API for customers and orders                       | Order.customer → Customer
          REST API for customers who place orders                 | Order.customer → Customer; Order.placed_by → Customer
          REST API for books, members and loans                   | Loan.book → Book; Loan.member → Member
          REST API for projects with tasks                        | Task.project → Project
          A web service for students and courses, students attend courses | Course.attended_by → Student
          API for cars and drivers, where each car belongs to a driver | Car.driver → Driver
          REST API for posts with tags                            | none
          REST API for books and films                            | none
          """)
  void relationsBecomeReferences(String prompt, String expected) {
    List<String> found =
        brief(prompt).entities().stream()
            .flatMap(
                entity ->
                    entity.fields().stream()
                        .filter(field -> field.type() == FieldType.REFERENCE)
                        .map(f -> entity.name() + "." + f.name() + " → " + f.target()))
            .toList();

    assertThat(found)
        .isEqualTo(expected.equals("none") ? List.of() : List.of(expected.split("; ")));
  }

  @Test
  void fieldsAreTypedByWhatTheyAreCalledOrBySaidType() {
    Entity event =
        brief("An API for events with title, due date, price, seats, is public")
            .entities()
            .getFirst();
    Entity stated = brief("An API for cats (name, age: decimal, born: date)").entities().getFirst();

    assertThat(event.fields())
        .containsExactly(
            new Field("title", FieldType.TEXT, true),
            new Field("due_date", FieldType.DATE, false),
            new Field("price", FieldType.DECIMAL, false),
            new Field("seats", FieldType.INTEGER, false));
    assertThat(stated.fields())
        .containsExactly(
            new Field("name", FieldType.TEXT, true),
            new Field("age", FieldType.DECIMAL, false),
            new Field("born", FieldType.DATE, false));
  }

  @Test
  void featuresAreReadAndCanBeDeclined() {
    assertThat(brief("A todo API with SQLite storage, API keys, Docker and CI").features())
        .containsExactlyInAnyOrder(Feature.values());
    assertThat(brief("A todo API without tests, but documented").features())
        .containsExactly(Feature.DOCS);
    assertThat(brief("A todo API in Python, no docs or authentication").features())
        .containsExactly(Feature.TESTS);
  }

  @Test
  void whatThePromptLeavesOpenIsFilledInAndSaid() {
    assertThat(brief("Build a REST API for notes").assumptions())
        .containsExactly("the prompt names no language, so it is Python");
    assertThat(brief("Build an app in Python").assumptions()).hasSize(2);
  }

  @Test
  void frameworksAreRemembered() {
    assertThat(brief("A todo API with FastAPI and PostgreSQL").stack().label())
        .isEqualTo("Python with FastAPI and PostgreSQL");
    assertThat(brief("A todo API in Python without Flask").stack().label()).isEqualTo("Python");
  }

  @Test
  void moreEntitiesThanAProjectMayHaveAreLeftOutAndSaid() {
    ProjectBrief brief =
        brief(
            "REST API for books, members, loans, authors, tags, rooms, events, notes, games and"
                + " songs in Python");

    assertThat(brief.entities()).hasSize(EntityReader.MAX_ENTITIES);
    assertThat(brief.assumptions()).containsExactly("the first 8 of 10 entities are built");
  }

  private static ProjectBrief brief(String prompt) {
    assertThat(PromptReader.read(prompt)).isInstanceOf(Understood.class);
    return ((Understood) PromptReader.read(prompt)).brief();
  }
}

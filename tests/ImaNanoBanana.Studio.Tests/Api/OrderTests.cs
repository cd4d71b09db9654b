using System.Net;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.Api;

public sealed class OrderTests(SharedStudio shared)
{
    [Fact]
    public async Task Image_is_generated_and_its_file_is_a_png()
    {
        using var visitor = await shared.OpenAsync();
        var image = await visitor.GenerateAsync(new { prompt = "a puppy", size = "1K" });

        Assert.Equal("finished", (string)image["state"]!);
        Assert.Equal(6, (int)image["credits"]!);
        Assert.Equal("Nano Banana 2", (string)image["modelName"]!);
        var file = Assert.Single(image["files"]!.AsArray())!;
        Assert.Equal((1024, 1024), ((int)file["width"]!, (int)file["height"]!));
        using var response = await visitor.Client.GetAsync((string)file["url"]!, TestContext.Current.CancellationToken);
        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], bytes[..4]);
    }

    [Fact]
    public async Task Same_key_gives_the_same_image_and_one_charge()
    {
        using var visitor = await shared.OpenAsync();
        var prompt = "once " + TestVisitor.NewKey();
        var key = TestVisitor.NewKey();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visitor.PostAsync("/images", new { prompt }, key)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        var id = Assert.Single(answers.Select(answer => (string)answer.Body!["id"]!).Distinct());
        await visitor.WaitForEndAsync(id);
        Assert.Single(shared.Stage.Simulator.Charges, charge => charge.Prompt == prompt);
    }

    [Fact]
    public async Task Same_key_for_another_request_is_a_conflict()
    {
        using var visitor = await shared.OpenAsync();
        var key = TestVisitor.NewKey();
        var (_, first) = await visitor.PostAsync("/images", new { prompt = "a puppy" }, key);
        var (status, problem) = await visitor.PostAsync("/images", new { prompt = "a kitten" }, key);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("idempotencyKeyConflict", (string)problem!["kind"]!);
        await visitor.WaitForEndAsync((string)first!["id"]!);
    }

    [Fact]
    public async Task Other_visitors_do_not_see_an_image_its_events_or_its_file()
    {
        using var visitor = await shared.OpenAsync();
        using var stranger = await shared.OpenAsync();
        var image = await visitor.GenerateAsync(new { prompt = "a secret" });
        var id = (string)image["id"]!;

        foreach (var path in new[] { $"/images/{id}", $"/images/{id}/events", (string)image["files"]![0]!["url"]! })
        {
            var (status, problem) = await stranger.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.NotFound, 404), (path, status, (int)problem!["status"]!));
        }

        var (_, list) = await stranger.GetAsync("/images");
        Assert.Empty(list!["images"]!.AsArray());
        var edit = new { prompt = "-", references = new[] { id + "-1" } };
        var (refused, _) = await stranger.PostAsync("/images", edit, TestVisitor.NewKey());
        Assert.Equal(HttpStatusCode.BadRequest, refused);
    }

    public static TheoryData<string, object, string, string?> RefusedOrders => new()
    {
        { "size", new { prompt = "x", size = "3K" }, "invalidRequest", "size" },
        { "ratio", new { prompt = "x", aspectRatio = "7:3" }, "invalidRequest", "aspectRatio" },
        { "model", new { prompt = "x", model = "nano-pineapple" }, "invalidRequest", "model" },
        { "empty prompt", new { prompt = "" }, "invalidRequest", "prompt" },
        { "no prompt", new { size = "1K" }, "invalidRequest", "prompt" },
        { "long prompt", new { prompt = new string('x', 8001) }, "invalidRequest", "prompt" },
        { "count", new { prompt = "x", count = 0 }, "invalidRequest", "count" },
        { "references", new { prompt = "x", references = new[] { "none" } }, "invalidRequest", "references" },
        { "limit", new { prompt = "x", maxCredits = 5 }, "budgetExceeded", null },
    };

    [Theory]
    [MemberData(nameof(RefusedOrders))]
    public async Task Refused_order_names_its_field_and_charges_nothing(string name, object order, string kind, string? parameter)
    {
        using var visitor = await shared.OpenAsync();
        var (_, problem) = await visitor.PostAsync("/images", order, TestVisitor.NewKey());

        Assert.Equal(
            (name, kind, parameter, "notCharged"),
            (name, (string?)problem!["kind"], (string?)problem["parameter"], (string?)problem["chargeStatus"]));
        Assert.False(string.IsNullOrEmpty((string?)problem["suggestion"]));
        var (_, list) = await visitor.GetAsync("/images");
        Assert.Empty(list!["images"]!.AsArray());
    }

    public static TheoryData<string?, string, string, string> RefusedKeys => new()
    {
        { null, "en", "is missing", "8 to 64" },
        { "short", "en", "has 5 characters", "8 to 64" },
        { "short", "zh", "长度为 5 个字符", "8 至 64" },
        { new string('k', 7), "en", "has 7 characters", "8 to 64" },
        { new string('k', 65), "en", "has 65 characters", "8 to 64" },
        { new string('k', 300), "zh", "长度为 300 个字符", "8 至 64" },
        { "with spaces in it", "en", "not allowed", "letters, digits, hyphens and underscores" },
        { "../../../etc/passwd", "en", "not allowed", "letters, digits, hyphens and underscores" },
    };

    [Theory]
    [MemberData(nameof(RefusedKeys))]
    public async Task Order_without_a_proper_key_is_refused_and_the_problem_explains_it(
        string? key, string language, string detail, string suggestion)
    {
        using var visitor = await shared.OpenAsync();
        var (status, problem) = await visitor.PostAsync($"/images?language={language}", new { prompt = "a puppy" }, key);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            ("invalidRequest", "Idempotency-Key", "notCharged"),
            ((string?)problem!["kind"], (string?)problem["parameter"], (string?)problem["chargeStatus"]));
        Assert.Contains(detail, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Contains(suggestion, (string?)problem["suggestion"], StringComparison.Ordinal);
        var (_, list) = await visitor.GetAsync("/images");
        Assert.Empty(list!["images"]!.AsArray());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public async Task Shortest_and_longest_key_are_accepted(int length)
    {
        using var visitor = await shared.OpenAsync();
        var key = TestVisitor.NewKey().PadRight(length, '_')[..length];
        var (status, image) = await visitor.PostAsync("/images", new { prompt = "a puppy" }, key);

        Assert.Equal(HttpStatusCode.Accepted, status);
        await visitor.WaitForEndAsync((string)image!["id"]!);
    }

    [Fact]
    public async Task Budget_ends_before_it_is_exceeded_and_the_usage_is_exact()
    {
        using var visitor = await shared.OpenAsync();
        var orders = Enumerable.Range(0, 20).Select(_ => visitor.PostAsync("/images", new { prompt = "a puppy" }, TestVisitor.NewKey()));
        var answers = await Task.WhenAll(orders);
        var ends = new List<string>();
        foreach (var (status, body) in answers)
        {
            if (status == HttpStatusCode.Accepted)
            {
                var image = await visitor.WaitForEndAsync((string)body!["id"]!);
                ends.Add((string?)image["error"]?["kind"] ?? "finished");
            }
            else
            {
                Assert.Equal(HttpStatusCode.PaymentRequired, status);
                ends.Add((string)body!["kind"]!);
            }
        }

        // 100 credits are 16 images of 6 credits.
        Assert.Equal(16, ends.Count(end => end == "finished"));
        Assert.Equal(4, ends.Count(end => end == "budgetExceeded"));
        var (_, usage) = await visitor.GetAsync("/usage");
        Assert.Equal((96, 0, 4), ((int)usage!["spent"]!, (int)usage["reserved"]!, (int)usage["remaining"]!));
    }

    [Fact]
    public async Task Reduced_size_is_reported_in_the_quote_and_with_the_image()
    {
        using var visitor = await shared.OpenAsync();
        var order = new { prompt = "a puppy", size = "8K" };
        var (_, quote) = await visitor.PostAsync("/quotes?language=zh", order);
        Assert.Equal("4K", (string)quote!["size"]!);
        Assert.Equal("暂不支持 8K，将生成 4K 图片。", (string)Assert.Single(quote["notes"]!.AsArray())!);

        var image = await visitor.GenerateAsync(order);
        Assert.Equal((int)quote["credits"]!, (int)image["credits"]!);
        Assert.Equal("8K is not available. The image is generated in 4K.", (string)Assert.Single(image["notes"]!.AsArray())!);
    }

    [Fact]
    public async Task Generated_image_and_uploaded_image_are_references_of_the_next_one()
    {
        using var visitor = await shared.OpenAsync();
        var first = await visitor.GenerateAsync(new { prompt = "a puppy" });
        var generated = (string)first["files"]![0]!["id"]!;
        var bytes = await visitor.Client.GetByteArrayAsync($"/files/{generated}", TestContext.Current.CancellationToken);
        var (_, uploaded) = await visitor.UploadAsync(bytes, "image/png");

        var prompt = "edit " + TestVisitor.NewKey();
        var second = await visitor.GenerateAsync(new { prompt, references = new[] { generated, (string)uploaded!["id"]! } });
        Assert.Equal("finished", (string)second["state"]!);
        Assert.Equal(2, second["references"]!.AsArray().Count);
        Assert.Single(shared.Stage.Simulator.Charges, charge => charge.Prompt == prompt);
        Assert.Empty(shared.Stage.Simulator.Violations);
        Assert.Empty(shared.Stage.Simulator.Differences);
    }
}

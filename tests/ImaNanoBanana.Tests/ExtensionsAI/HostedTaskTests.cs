using System.Drawing;
using Microsoft.Extensions.AI;
using Names = ImaNanoBanana.ImaImageGenerationProperties;

namespace ImaNanoBanana.Tests.ExtensionsAI;

/// <summary>Submitting without waiting, and fetching, which never submits anything, whatever options it gets.</summary>
public sealed class HostedTaskTests : IDisposable
{
    private static readonly ImageGenerationOptions Hosted = new() { ResponseFormat = ImageGenerationResponseFormat.Hosted };

    private readonly GeneratorShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Hosted_returns_the_handle_as_soon_as_the_submission_is_accepted()
    {
        var response = await _shop.GenerateAsync(
            "a puppy",
            new ImageGenerationOptions
            {
                ResponseFormat = ImageGenerationResponseFormat.Hosted,
                Count = 2,
                ImageSize = new Size(2000, 2000),
            });

        var task = Assert.IsType<ImageTask>(response.RawRepresentation);
        var content = Assert.IsType<HostedFileContent>(Assert.Single(response.Contents));
        Assert.Equal((task.ToHandle(), "image/*", task.CreatedAt), (content.FileId, content.MediaType, content.CreatedAt));
        Assert.Equal(_shop.Simulator.Charges.Single().TaskId, ImageTask.FromHandle(content.FileId).Id);
        Assert.Equal(
            ("2000x2000", "2K", "1:1", 20m),
            (
                content.AdditionalProperties![Names.RequestedPixels],
                content.AdditionalProperties[Names.Size],
                content.AdditionalProperties[Names.AspectRatio],
                content.AdditionalProperties[Names.Credits]));
        Assert.Equal(20, response.Usage!.AdditionalCounts![Names.Credits]);
        Assert.Equal((1, 0), (_shop.Count("create"), _shop.Count("detail")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Handle_without_a_prompt_fetches_the_images_and_submits_nothing(string? prompt)
    {
        var requested = await _shop.GenerateAsync("a puppy", Hosted);
        var handle = new HostedFileContent(((HostedFileContent)requested.Contents.Single()).FileId);

        var fetched = await _shop.GenerateAsync(prompt, images: [handle]);
        var data = await _shop.GenerateAsync(
            prompt, new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data }, [handle]);

        Assert.Equal(handle.FileId, Assert.IsType<ImageResult>(fetched.RawRepresentation).Task.ToHandle());
        Assert.IsType<UriContent>(Assert.Single(fetched.Contents));
        Assert.IsType<DataContent>(Assert.Single(data.Contents));
        Assert.Equal((0, 0), (fetched.Usage!.AdditionalCounts![Names.Credits], data.Usage!.AdditionalCounts![Names.Credits]));
        Assert.Equal(6m, fetched.Contents[0].AdditionalProperties![Names.Credits]);
        Assert.Equal([6m], _shop.Charged);
        Assert.Equal(1, _shop.Count("create"));
    }

    [Fact]
    public async Task Options_of_a_submission_do_not_affect_a_fetch()
    {
        var requested = await _shop.GenerateAsync("a puppy", Hosted);

        var fetched = await _shop.FetchAsync(requested.Contents.Single(), new ImageGenerationOptions
        {
            Count = 4,
            ModelId = "gemini-3-pro-image",
            ImageSize = new Size(4000, 4000),
            AdditionalProperties = new() { [Names.IdempotencyKey] = "order-1" },
            RawRepresentationFactory = _ => throw new InvalidOperationException("A fetch has no order to make."),
        });

        Assert.Single(fetched.Contents);
        Assert.Equal([6m], _shop.Charged);
    }

    [Fact]
    public async Task Failed_task_is_the_error_of_the_client_when_it_is_fetched()
    {
        var exception = await Assert.ThrowsAsync<ImaException>(
            () => _shop.FetchAsync(new HostedFileContent(new ImageTask("task_of_nobody").ToHandle())));

        Assert.Equal(("task_of_nobody", 0), (exception.Task!.Id, _shop.Count("create")));
    }

    public static TheoryData<string> UnclearFetches() =>
        ["with a prompt", "two handles", "with another image", "another image first", "foreign file", "hosted again"];

    [Theory]
    [MemberData(nameof(UnclearFetches))]
    public async Task Ambiguous_handle_is_rejected_before_anything_is_sent(string what)
    {
        var handle = new HostedFileContent(new ImageTask("task_sim_000001").ToHandle());
        var image = new UriContent("https://images.example/1.png", "image/png");
        var work = what switch
        {
            "with a prompt" => _shop.GenerateAsync("make it blue", images: [handle]),
            "two handles" => _shop.GenerateAsync(null, images: [handle, handle]),
            "with another image" => _shop.GenerateAsync("", images: [handle, image]),
            "another image first" => _shop.GenerateAsync("make it blue", images: [image, handle]),
            "foreign file" => _shop.GenerateAsync(null, images: [new HostedFileContent("file-abc123")]),
            _ => _shop.GenerateAsync(null, Hosted, [handle]),
        };

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => work);

        Assert.EndsWith("Nothing was submitted.", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_shop.Requests);
    }

    [Fact]
    public async Task Handle_on_a_url_fetches_its_task_too()
    {
        var submitted = await _shop.GenerateAsync("a puppy");
        var handle = (string)Assert.Single(submitted.Contents).AdditionalProperties![Names.Task]!;

        var fetched = await _shop.FetchAsync(
            new HostedFileContent(handle), new ImageGenerationOptions { ResponseFormat = ImageGenerationResponseFormat.Data });

        Assert.IsType<DataContent>(Assert.Single(fetched.Contents));
        Assert.Equal([6m], _shop.Charged);
    }
}

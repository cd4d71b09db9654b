using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Tests.Requests;

/// <summary>The keys of a batch, and which keys belong to it.</summary>
public class BatchKeyTests
{
    private const string Content = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("b", 1, "b-" + Content)]
    [InlineData("b-7", 2, "b-7-" + Content + "-2")]
    [InlineData("b", int.MaxValue, "b-" + Content + "-2147483647")]
    public void Key_has_the_name_the_content_and_the_number_of_a_repetition(string batch, int occurrence, string key)
    {
        Assert.Equal(key, BatchKey.Create(batch, Content, occurrence));
        Assert.True(BatchKey.IsOf(batch, key));
        Assert.True(key.Length <= batch.Length + BatchKey.LongestEnding);
    }

    [Theory]
    [InlineData("b-1", true)]
    [InlineData("b-" + Content + "-10", true)]
    [InlineData("b", false)]
    [InlineData("b-", false)]
    [InlineData("b-x", false)]
    [InlineData("b-1-x", false)]
    [InlineData("b-" + Content + "-", false)]
    [InlineData("b-" + Content + "-x", false)]
    [InlineData("b-" + Content + "x", false)]
    [InlineData("b-x-" + Content, false)]
    [InlineData("b-2-" + Content, false)]
    [InlineData("c-" + Content, false)]
    public void Only_keys_with_such_an_ending_belong_to_a_batch(string key, bool isOfBatch) =>
        Assert.Equal(isOfBatch, BatchKey.IsOf("b", key));
}

namespace ImaNanoBanana.Testing;

/// <summary>Contains products of other makers, with other forms and prices, as the service lists them next to Nano Banana.</summary>
internal static class ForeignProducts
{
    private const string SeeDream = """
        {"id":"SeeDream","type":"2","name":"SeeDream","model_id":"","parent_id":"","children":[
          {"id":"doubao-seedream-4-5-251128","type":"3","model_id":"doubao-seedream-4.5","name":"SeeDream 4.5","parent_id":"SeeDream",
           "description":"Photographs and illustrations up to 4K.","icon":"","sort":3,"is_new":false,
           "tags":[{"tag_type":"EET","tag_value":"15~25s"},{"tag_type":"point","tag_value":"5"},{"tag_type":"feature","tag_value":"4K"}],
           "form_config":[{"field":"size","type":"tags","value":"4k","is_ui_virtual":true,
             "ui_params":[{"field":"aspect_ratio","type":"tags","value":"4k","options":[{"label":"1:1","value":"1:1"},
               {"label":"16:9","value":"16:9"},{"label":"2k","value":"2k"},{"label":"4k","value":"4k"}]}],
             "value_mapping":{"mapping_rules":[{"source_values":{"aspect_ratio":"16:9"},"target_value":"2560x1440"},
               {"source_values":{"aspect_ratio":"1:1"},"target_value":"2048x2048"},
               {"source_values":{"aspect_ratio":"4k"},"target_value":"4k"},{"source_values":{"aspect_ratio":"2k"},"target_value":"2k"}]}}],
           "credit_rules":[{"attribute_id":2341,"points":5,"origin_point":5,"attributes":{"default":"enabled"}}]}]}
        """;

    private const string Midjourney = """
        {"id":"Midjourney","type":"2","name":"Midjourney","model_id":"","parent_id":"","children":[
          {"id":"v7","type":"3","model_id":"midjourney","name":"Midjourney 7","parent_id":"Midjourney","description":"","icon":null,"sort":"2",
           "tags":[{"tag_type":"EET","tag_value":"40~60s"}],
           "form_config":[{"field":"speed","type":"radio","value":"fast","options":[{"label":"Fast","value":"fast"},{"label":"Turbo","value":"turbo"}]},
             {"field":"stylize","type":"slider","value":100,"options":null},{"field":"raw","type":"switch","value":false}],
           "credit_rules":[{"attribute_id":5451,"points":8,"origin_point":10,"attributes":{"speed":"fast"}},
             {"attribute_id":5452,"points":"10","origin_point":null,"attributes":{"speed":"turbo"}}]}]}
        """;

    private const string GptImage = """
        {"id":"GPT Image","type":"2","name":"GPT Image","model_id":"","parent_id":"","children":[
          {"id":"gpt-image-2-2026-03","type":"3","model_id":"gpt-image-2","name":"GPT Image 2","parent_id":"GPT Image","description":"Text in images.",
           "tags":[],"form_config":[{"field":"quality","type":"tags","value":"medium","options":[{"label":"Low","value":"low"},
             {"label":"Medium","value":"medium"},{"label":"High","value":"high"}]},{"field":"n","type":"slider","value":1}],
           "credit_rules":[{"attribute_id":6101,"points":3,"attributes":{"quality":"low"}},{"attribute_id":6102,"points":7,"attributes":{"quality":"medium"}},
             {"attribute_id":6103,"points":25,"attributes":{"quality":"high"}}]},
          {"id":"gpt-image-1","type":"3","model_id":"gpt-image-1","name":"GPT Image 1","parent_id":"GPT Image","tags":null,"form_config":[],"credit_rules":[]}]}
        """;

    private const string Videos = """
        {"id":"Wan","type":"2","name":"Wan","model_id":"","parent_id":"","children":[
          {"id":"wan2.6-preview","type":"3","model_id":"wan2.6","name":"Wan 2.6","parent_id":"Wan","description":"Videos of 5 to 15 seconds with sound.",
           "tags":[{"tag_type":"EET","tag_value":"60~120s"}],
           "form_config":[{"field":"duration","type":"slider","value":5,"options":[{"label":"5s","value":5},{"label":"10s","value":10}]},
             {"field":"resolution","type":"tags","value":"720P","options":[{"label":"720P","value":"720P"},{"label":"1080P","value":"1080P"}]},
             {"field":"audio","type":"switch","value":true}],
           "credit_rules":[{"attribute_id":7201,"points":25,"attributes":{"duration":5,"resolution":"720P"}},
             {"attribute_id":7202,"points":50,"attributes":{"duration":10,"resolution":"720P"}}]}]}
        """;

    /// <summary>The groups of the image categories, oldest first.</summary>
    public static IReadOnlyList<string> ImageGroups { get; } = [Midjourney, SeeDream, GptImage];

    /// <summary>The groups of a category other than the image categories, or none.</summary>
    public static IReadOnlyList<string> GroupsOf(string category) =>
        category is "text_to_video" or "image_to_video" or "first_last_frame_to_video" or "reference_image_to_video" ? [Videos] : [];
}

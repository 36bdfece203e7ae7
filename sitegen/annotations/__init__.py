"""Annotations as other programs have them: read, placed in an article's words by exact quote, and made into proposals.

How ours are told to others is `exports.annotations`; both speak the words of `annotations.vocabulary`.
"""
